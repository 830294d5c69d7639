-- For each place, domain and what the flows carry: these flows, and what the sources tell of them and their legs
-- without a place of its own.
with way as (
    select place, domain, carried, list(distinct flow) as flows
    from gap_leg
    group by place, domain, carried
),

figure as (
    select gap_leg.place, gap_leg.domain, gap_leg.carried, list(distinct observation.id) as figures
    from observation
    cross join unnest(observation.about) as topic(thing)
    join gap_leg on topic.thing in (gap_leg.flow, gap_leg.leg)
    where
        observation.place is null
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
    group by gap_leg.place, gap_leg.domain, gap_leg.carried
),

pushed as (
    select
        gap_leg.place, gap_leg.domain, gap_leg.carried,
        list(distinct influence.driver) as drivers,
        list(distinct influence.id) as influences
    from influence
    cross join unnest(influence.flows) as named(flow)
    join gap_leg on gap_leg.flow = named.flow
    where
        len(influence.places) = 0
        and ($dataset is null or list_contains($dataset::varchar[], influence.dataset))
    group by gap_leg.place, gap_leg.domain, gap_leg.carried
)

select
    way.place, way.domain, way.carried, way.flows,
    coalesce(figure.figures, []) as figures,
    coalesce(pushed.drivers, []) as drivers,
    coalesce(pushed.influences, []) as influences
from way
left join figure on figure.place = way.place and figure.domain = way.domain and figure.carried = way.carried
left join pushed on pushed.place = way.place and pushed.domain = way.domain and pushed.carried = way.carried
