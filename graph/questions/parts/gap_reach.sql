-- The sets of places that speak for the place of a leg, and how near: 1 recorded for it, 2 for a part of it, 3 for a
-- region that holds it.
select
    gap_place.place, place_set.place_set,
    min(case gap_place.covered_at when 'place' then 1 when 'part' then 2 else 3 end) as distance
from place_set
join gap_place on gap_place.at = place_set.place
group by gap_place.place, place_set.place_set
