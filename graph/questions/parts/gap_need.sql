-- How much a place is pressed by the flows of a domain, from what the sources say. Figures in kilograms, persons
-- and dollars are never added up: each term only counts how many different things are reported, and n / (n + 1)
-- keeps a place that is much written about from drowning the others.
--   flows     flows of the domain with a leg at the place
--   figures   observations of that traffic at the place, or of these flows and legs without a place of their own
--   drivers   drivers that a source names for the place (or a part of it, or a region that holds it) and domain, or
--             for these flows without naming a place
--   scarcity  how little is paid for it, as in gap_money; left out where no source tells
--   pressure  1 + the mean of the terms: from 1, where little is known, to just below 2
with carried as (
    select
        place, domain,
        list_sort(list_distinct(flatten(list(flows)))) as flows,
        flatten(list(figures)) as figures,
        flatten(list(drivers)) as drivers,
        flatten(list(influences)) as influences
    from gap_carried
    where (
        $domain is null
        or carried in (select concept from concept_within where list_contains($domain::varchar[], ancestor)))
    group by place, domain
),

counted as (
    select
        carried.place,
        carried.domain,
        carried.flows,
        list_distinct(carried.figures || coalesce(gap_figure.figures, [])) as figures,
        list_sort(list_distinct(carried.drivers || coalesce(gap_driver.drivers, []))) as drivers,
        carried.influences || coalesce(gap_driver.influences, []) as influences
    from carried
    left join gap_figure on gap_figure.place = carried.place and gap_figure.domain = carried.domain
    left join gap_driver on gap_driver.place = carried.place and gap_driver.domain = carried.domain
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
