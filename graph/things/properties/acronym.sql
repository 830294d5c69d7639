/*
title: Acronym
about: A short form made of letters of the name.
gives: text
*/
select distinct id, name as value from name where use = 'acronym' and id in (select unnest($ids::varchar[])) order by all
