/*
title: Seat
about: The place of an actor's main office.
of: [actor]
gives: place
*/
select distinct id, seat as value
from actor
where seat is not null and id in (select unnest($ids::varchar[]))
order by all
