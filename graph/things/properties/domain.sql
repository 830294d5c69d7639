/*
title: Domain
about: What kind of trafficking a programme is about.
of: [programme]
gives: domain
*/
select distinct id, unnest(domains) as value from programme where id in (select unnest($ids::varchar[])) order by all
