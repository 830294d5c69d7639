/*
title: Ends
about: The last day of a programme that a source gives.
of: [programme]
gives: date
*/
select distinct id, ends as value
from programme
where ends is not null and id in (select unnest($ids::varchar[]))
order by all
