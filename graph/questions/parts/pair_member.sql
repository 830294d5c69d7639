-- The places of each set that an effort of pair_effort has, with how many they are.
select place_set.place_set, place_set.place, count(*) over (partition by place_set.place_set) as places
from place_set
where place_set.place is not null and place_set.place_set in (select place_set from pair_effort)
