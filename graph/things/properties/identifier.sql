/*
title: Identifier
about: Its identifiers in whatever scheme, such as ISO 3166 codes and identifiers of IATI.
gives: identifier
*/
select distinct id, value
from identifier
where id in (select unnest($ids::varchar[])) and ($scheme::varchar is null or scheme = $scheme)
order by all
