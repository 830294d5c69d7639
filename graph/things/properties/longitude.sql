/*
title: Longitude
about: Degrees east of Greenwich of a point that stands for the place.
of: [place]
gives: number
*/
select distinct id, longitude as value
from place
where longitude is not null and id in (select unnest($ids::varchar[]))
order by all
