-- Each country with the datasets that set out to cover it, itself or through a region that holds it, and how much of it;
-- and every other place that a dataset names, which a country can't stand for. For the domains asked for, if any.
with meant as (
    select distinct coverage.dataset, coverage.place, coverage.complete
    from coverage
    cross join unnest(coverage.domains) as named(domain)
    where
        $domain is null
        or named.domain in (select concept from concept_within where list_contains($domain::varchar[], ancestor))
        or named.domain in (select ancestor from concept_within where list_contains($domain::varchar[], concept))
),

country as (
    select distinct id from place where class = 'con:Country'
),

reached as (
    select meant.dataset, country.id as place, bool_or(meant.complete) as complete, min(place_within.depth) as depth
    from meant
    join place_within on place_within.ancestor = meant.place
    join country on country.id = place_within.place
    group by meant.dataset, country.id
)

select
    country.id as place,
    coalesce(list(reached.dataset order by reached.dataset) filter (reached.dataset is not null), []) as datasets,
    coalesce(bool_or(reached.complete), false) as complete,
    coalesce(min(reached.depth) > 0, false) as by_region,
    country.id in (
        select place from leg
        union
        select next from leg where next is not null
        union
        select place_within.place
        from place_within
        join leg on leg.place = place_within.ancestor
        where place_within.depth > 0 and place_within.ancestor in (select id from place where class <> 'con:Region')
    ) as on_a_route
from country
left join reached on reached.place = country.id
group by country.id
order by country.id
