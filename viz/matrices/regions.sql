-- The narrowest region that each place lies in: the one with the fewest places in it.
with size as (
    select ancestor, count(*) as places
    from place_within
    where ancestor in (select id from place where class = 'con:Region')
    group by ancestor
)
select place_within.place, min_by(place_within.ancestor, (size.places, place_within.ancestor)) as region
from place_within
join size on size.ancestor = place_within.ancestor
where place_within.depth > 0 and list_contains($places::varchar[], place_within.place)
group by place_within.place
