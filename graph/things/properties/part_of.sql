/*
title: Part of
about: The larger actor or programme that it belongs to; for a place, what it lies in directly.
gives: thing
*/
select id, part_of as value from actor where part_of is not null and id in (select unnest($ids::varchar[]))
union
select id, parent as value from programme where parent is not null and id in (select unnest($ids::varchar[]))
union
select place as id, container as value from within where place in (select unnest($ids::varchar[]))
order by id, value
