/*
title: Within
about: Every place that holds it, however far out; for an actor its State's or its seat's, for a programme where it works.
gives: place
*/
with located as (
    select id, id as place, 1 as least from place where id in (select unnest($ids::varchar[]))
    union
    select id, coalesce(state, seat) as place, 0 as least from actor where id in (select unnest($ids::varchar[]))
    union
    select id, unnest(places) as place, 0 as least from programme where id in (select unnest($ids::varchar[]))
)
select distinct located.id, place_within.ancestor as value
from located
join place_within on place_within.place = located.place
where place_within.depth >= located.least
order by all
