-- The place under which each place is shown: itself, or at level `country` the country that it lies in. What lies in
-- no country, such as a region, stays what it is; what lies in two is shown under both.
with country as (
    select place_within.place, place_within.ancestor
    from place_within
    join place on place.id = place_within.ancestor and place.class = 'con:Country'
)
select place, ancestor as shown from country where $level = 'country'
union
select place, ancestor from place_within
where depth = 0 and ($level = 'recorded' or place not in (select place from country))
