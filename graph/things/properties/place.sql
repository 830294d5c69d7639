/*
title: Place
about: Where a programme works.
of: [programme]
gives: place
*/
select distinct id, unnest(places) as value from programme where id in (select unnest($ids::varchar[])) order by all
