/*
title: Dataset
about: The datasets that speak of it.
gives: text
*/
select distinct id, dataset as value from thing where id in (select unnest($ids::varchar[])) order by all
