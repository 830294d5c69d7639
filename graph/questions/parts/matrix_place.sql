-- The places of each set as a matrix shows them: at level `country` as the part `grain` has them. A place that no dataset
-- here describes is not known.
select place_of.place_set, place_number.place_no, place_number.place
from place_of
left join place_number on place_number.place = place_of.place
where $level = 'recorded'
union all
select place_of.place_set, place_number.place_no, grain.shown
from place_of
left join grain on grain.place = place_of.place
left join place_number on place_number.place = grain.shown
where $level = 'country'
