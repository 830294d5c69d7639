/*
title: Latitude
about: Degrees north of the equator of a point that stands for the place.
of: [place]
gives: number
*/
select distinct id, latitude as value
from place
where latitude is not null and id in (select unnest($ids::varchar[]))
order by all
