/*
title: Response
about: What a programme does.
of: [programme]
gives: response
*/
select distinct id, unnest(responses) as value from programme where id in (select unnest($ids::varchar[])) order by all
