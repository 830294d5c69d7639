/*
title: Description
about: What a source says that it is or does.
gives: text
*/
select distinct id, description as value
from thing
where description is not null and id in (select unnest($ids::varchar[]))
order by all
