/*
title: Class
about: "What sort of thing it is: agency, country, training …"
gives: class
*/
select distinct id, class as value from thing where id in (select unnest($ids::varchar[])) order by all
