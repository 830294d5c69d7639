-- How much a place is pressed by the flows of a domain, from what the sources say. Figures in kilograms, persons
-- and dollars are never added up: each term only counts how many different things are reported, and n / (n + 1)
-- keeps a place that is much written about from drowning the others.
--   flows     flows of the domain with a leg at the place
--   figures   observations of that traffic at the place, or of these flows and legs without a place of their own
--   drivers   drivers that a source names for the place (or a part of it, or a region that holds it) and domain, or
--             for these flows without naming a place
--   scarcity  how little is paid for it, as in gap_money; left out where no source tells
--   pressure  1 + the mean of the terms: from 1, where little is known, to just below 2
with cell as (
    select place, domain, list_sort(list(distinct flow)) as flows from gap_asked group by place, domain
),

figure as (
    select gap_figure.place, gap_figure.domain, gap_figure.id
    from gap_figure
    join cell on cell.place = gap_figure.place and cell.domain = gap_figure.domain
    union
    select gap_asked.place, gap_asked.domain, observation.id
    from observation
    cross join unnest(observation.about) as topic(thing)
    join gap_asked on topic.thing in (gap_asked.flow, gap_asked.leg)
    where
        observation.place is null
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
),

pushed as (
    select gap_driver.place, gap_driver.domain, gap_driver.id, gap_driver.driver
    from gap_driver
    join cell on cell.place = gap_driver.place and cell.domain = gap_driver.domain
    union
    select gap_asked.place, gap_asked.domain, influence.id, influence.driver
    from influence
    cross join unnest(influence.flows) as named(flow)
    join gap_asked on gap_asked.flow = named.flow
    where
        len(influence.places) = 0
        and ($dataset is null or list_contains($dataset::varchar[], influence.dataset))
),

counted as (
    select
        cell.place,
        cell.domain,
        cell.flows,
        coalesce(seen.figures, []) as figures,
        coalesce(told.drivers, []) as drivers,
        coalesce(told.influences, []) as influences
    from cell
    left join (select place, domain, list(id) as figures from figure group by place, domain) as seen
        on seen.place = cell.place and seen.domain = cell.domain
    left join (
        select place, domain, list_sort(list(distinct driver)) as drivers, list(distinct id) as influences
        from pushed
        group by place, domain
    ) as told on told.place = cell.place and told.domain = cell.domain
)

select
    place,
    domain,
    flows,
    len(figures) as figures,
    drivers,
    gap_money.money, gap_money.scarcity,
    1 + list_avg([
        len(flows) / (len(flows) + 1.0),
        len(figures) / (len(figures) + 1.0),
        len(drivers) / (len(drivers) + 1.0),
        gap_money.scarcity
    ]) as pressure,
    list_sort(list_distinct(figures || influences || coalesce(gap_money.claims, []))) as claims
from counted
left join gap_money using (place, domain)
