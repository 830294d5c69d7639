/*
title: Label
about: The name that it is shown with.
gives: text
*/
select id, label as value from label where id in (select unnest($ids::varchar[])) order by all
