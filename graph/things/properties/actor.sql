/*
title: Actor
about: The actors that take part in a programme, in any role.
of: [programme]
gives: actor
*/
select distinct programme as id, actor as value
from participation
where programme in (select unnest($ids::varchar[]))
order by all
