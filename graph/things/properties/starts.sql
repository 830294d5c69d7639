/*
title: Starts
about: The first day of a programme that a source gives.
of: [programme]
gives: date
*/
select distinct id, starts as value
from programme
where starts is not null and id in (select unnest($ids::varchar[]))
order by all
