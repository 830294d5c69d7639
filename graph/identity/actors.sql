-- Every actor with what it is known by: its names and identifiers, the countries that it is of or seated in,
-- what it is part of, and its class. Where datasets differ, all of them count.
with named as (
    select id, list_sort(list_distinct(list({'text': name, 'use': use}))) as names
    from name
    where starts_with(id, 'actor/')
    group by id
),

numbered as (
    select id, list_sort(list_distinct(list({'scheme': scheme, 'value': value}))) as identifiers
    from identifier
    where starts_with(id, 'actor/')
    group by id
),

placed as (
    select found.id, list_sort(list_distinct(list(place_within.ancestor))) as countries
    from (
        select id, state as place from actor
        union
        select id, seat from actor
    ) as found
    join place_within on place_within.place = found.place
    join place on place.id = place_within.ancestor
    where place.class = 'con:Country'
    group by found.id
),

parted as (
    select actor as id, list_sort(list_distinct(list(ancestor))) as part_of
    from actor_within
    where depth > 0
    group by actor
),

acting as (
    select id, min(class) as class
    from thing
    where kind = 'actor'
    group by id
)

select acting.id, acting.class, names, identifiers, countries, part_of
from acting
left join named on named.id = acting.id
left join numbered on numbered.id = acting.id
left join placed on placed.id = acting.id
left join parted on parted.id = acting.id
order by acting.id
