/*
title: Status
about: How far a programme has come.
of: [programme]
gives: status
*/
select distinct id, status as value
from programme
where status is not null and id in (select unnest($ids::varchar[]))
order by all
