-- The actors of the part, a row each, with what FollowTheMoney has a property for.
with actors as (
    select id, min_by(class, dataset) as class, min_by(label, dataset) as label, min(description) as description,
        list_sort(list(distinct dataset)) as datasets
    from thing
    where
        kind = 'actor'
        and (
            $whole
            or id in (select id from part_thing)
            or ($by_dataset and list_contains($dataset::varchar[], dataset))
        )
    group by id
),

called as (
    select id, list_sort(list(distinct name) filter (use = 'acronym')) as acronyms,
        list_sort(list(distinct name) filter (use <> 'acronym')) as names
    from name
    where id in (select id from actors)
    group by id
),

coded as (
    select id,
        list_sort(list(distinct value) filter (scheme = 'wikidata')) as wikidata,
        list_sort(list(distinct value) filter (scheme <> 'wikidata')) as numbers
    from identifier
    where id in (select id from actors)
    group by id
),

homed as (
    select actor.id, min(identifier.value) as country
    from actor
    join identifier on identifier.id = actor.state and identifier.scheme = 'iso3166-1-alpha2'
    where actor.id in (select id from actors)
    group by actor.id
),

stated as (
    select claim.id, list_sort(list(distinct claim.source)) as sources
    from claim
    where claim.id in (select id from actors) and claim.source is not null
    group by claim.id
)

select
    actors.*, coalesce(called.acronyms, []) as acronyms, coalesce(called.names, []) as names,
    coalesce(coded.wikidata, []) as wikidata, coalesce(coded.numbers, []) as numbers, homed.country,
    coalesce(stated.sources, []) as sources
from actors
left join called using (id)
left join coded using (id)
left join homed using (id)
left join stated using (id)
order by actors.id
