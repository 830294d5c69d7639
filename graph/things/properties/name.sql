/*
title: Name
about: Every name by which a source calls it, in any language; the one it is shown with among them.
gives: text
*/
select distinct id, name as value from name where id in (select unnest($ids::varchar[])) order by all
