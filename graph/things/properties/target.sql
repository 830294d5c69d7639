/*
title: Target
about: For whom a programme is.
of: [programme]
gives: target
*/
select distinct id, unnest(targets) as value from programme where id in (select unnest($ids::varchar[])) order by all
