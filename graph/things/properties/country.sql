/*
title: Country
about: The country that it lies in or works in; for an actor that of its State, else of its seat, else of what it is part of. An international organisation has none.
gives: place
*/
with located as (
    select id, id as place from place where id in (select unnest($ids::varchar[]))
    union
    select id, unnest(places) as place from programme where id in (select unnest($ids::varchar[]))
    union
    -- the nearest of an actor and what it is part of that has one
    select actor_within.actor as id, coalesce(above.state, above.seat) as place
    from actor_within
    join actor as above on above.id = actor_within.ancestor
    where actor_within.actor in (select unnest($ids::varchar[]))
        and (above.state is not null or above.seat is not null and above.class <> 'con:InternationalOrganisation')
    qualify actor_within.depth = min(actor_within.depth) over (partition by actor_within.actor)
)
select distinct located.id, place_within.ancestor as value
from located
join place_within on place_within.place = located.place
join place on place.id = place_within.ancestor and place.class = 'con:Country'
order by all
