-- How much a place is pressed by the flows of a domain, from what the sources say. Figures in kilograms, persons
-- and dollars are never added up: each term only counts how many different things are reported, and n / (n + 1)
-- keeps a place that is much written about from drowning the others.
--   flows     flows of the domain with a leg at the place
--   figures   observations of that traffic at the place, or of these flows and legs without a place of their own
--   drivers   drivers that a source names for the place (or a part of it, or a region that holds it) and domain, or
--             for these flows without naming a place
--   scarcity  how little is paid for it, as in gap_money; left out where no source tells
--   pressure  1 + the mean of the terms: from 1, where little is known, to just below 2
with cell as (select distinct place, domain from gap_leg),

figure as (
    select cell.place, cell.domain, observation.id
    from observation
    join gap_place on gap_place.at = observation.place and gap_place.covered_at <> 'region'
    join concept_within on concept_within.concept = observation.domain
    join cell on cell.place = gap_place.place and cell.domain = concept_within.ancestor
    where
        observation.measure not in (
            'measure/funding', 'measure/staff', 'measure/liaison-officers', 'measure/participants',
            'measure/weapons-collected', 'measure/weapons-destroyed')
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
    union
    select gap_leg.place, gap_leg.domain, observation.id
    from observation
    cross join unnest(observation.about) as topic(thing)
    join gap_leg on topic.thing in (gap_leg.flow, gap_leg.leg)
    where
        observation.place is null
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
),

pushed as (
    select gap_leg.place, gap_leg.domain, influence.id, influence.driver
    from influence
    cross join unnest(influence.flows) as named(flow)
    join gap_leg on gap_leg.flow = named.flow
    where
        len(influence.places) = 0
        and ($dataset is null or list_contains($dataset::varchar[], influence.dataset))
    union
    select cell.place, cell.domain, influence.id, influence.driver
    from influence
    cross join unnest(influence.places) as stated(place)
    cross join unnest(influence.domains) as meant(domain)
    join gap_place on gap_place.at = stated.place
    join concept_within on concept_within.concept = meant.domain
    join cell on cell.place = gap_place.place and cell.domain = concept_within.ancestor
    where $dataset is null or list_contains($dataset::varchar[], influence.dataset)
),

counted as (
    select
        cell.place,
        cell.domain,
        (select list_sort(list(distinct flow)) from gap_leg as l where l.place = cell.place and l.domain = cell.domain)
            as flows,
        (select count(distinct id) from figure as f where f.place = cell.place and f.domain = cell.domain) as figures,
        (select list_sort(list(distinct driver)) from pushed as p where p.place = cell.place and p.domain = cell.domain)
            as drivers,
        (select list(distinct leg) from gap_leg as l where l.place = cell.place and l.domain = cell.domain) as legs,
        (select list(distinct id) from figure as f where f.place = cell.place and f.domain = cell.domain) as observed,
        (select list(distinct id) from pushed as p where p.place = cell.place and p.domain = cell.domain) as influences
    from cell
)

select
    place,
    domain,
    flows,
    figures,
    coalesce(drivers, []) as drivers,
    gap_money.money, gap_money.scarcity,
    1 + list_avg([
        len(flows) / (len(flows) + 1.0),
        figures / (figures + 1.0),
        len(coalesce(drivers, [])) / (len(coalesce(drivers, [])) + 1.0),
        gap_money.scarcity
    ]) as pressure,
    list_sort(list_distinct(coalesce(observed, []) || coalesce(influences, []) || coalesce(gap_money.claims, [])))
        as claims
from counted
left join gap_money using (place, domain)
