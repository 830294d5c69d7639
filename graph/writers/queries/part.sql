-- The programmes that the common parameters leave, each whole, numbered in the order of their ids.
-- A place counts with what lies within it and with the regions that hold it; a domain, response or target with
-- everything narrower; an actor with its units. A period fits when that of the programme does, or that of a
-- participation in it.
create temp table part as
with near as (
    select place from place_within where list_contains($place::varchar[], ancestor)
    union
    select ancestor from place_within where list_contains($place::varchar[], place)
),

meant as (
    select concept from concept_within
    where
        list_contains($domain::varchar[], ancestor)
        or list_contains($response::varchar[], ancestor)
        or list_contains($target::varchar[], ancestor)
),

taking as (
    select programme, from_date, to_date, actor, role
    from participation
    where $dataset::varchar[] is null or list_contains($dataset::varchar[], dataset)
),

timed as (
    select id, from_date, to_date from programme
    union all
    select programme, from_date, to_date from taking where from_date is not null
),

left_over as (
    select distinct id
    from programme
    where
        ($dataset::varchar[] is null or list_contains($dataset::varchar[], dataset))
        and ($place::varchar[] is null or list_has_any(places, (select list(place) from near)))
        and ($domain::varchar[] is null or list_has_any(domains, (select list(concept) from meant)))
        and ($response::varchar[] is null or list_has_any(responses, (select list(concept) from meant)))
        and ($target::varchar[] is null or list_has_any(targets, (select list(concept) from meant)))
        and (
            ($on::date is null and $from::date is null and $to::date is null)
            or id in (
                select id from timed
                where
                    ($on::date is null or $on::date between from_date and to_date)
                    and ($from::date is null or to_date >= $from::date)
                    and ($to::date is null or from_date <= $to::date)
            )
        )
        and (
            ($actor::varchar[] is null and $role::varchar[] is null)
            or id in (
                select programme from taking
                where
                    ($actor::varchar[] is null or actor in (
                        select actor from actor_within where list_contains($actor::varchar[], ancestor)))
                    and ($role::varchar[] is null or list_contains($role::varchar[], role))
            )
        )
)

select id, row_number() over (order by id) as n
from left_over
order by id
