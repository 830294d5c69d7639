-- The places of the efforts of pair_counted, numbered from 0. `asked`: the common parameters leave it; `finest`: the
-- effort records none within it.
select
    pair_counted.nth,
    place_set.place,
    dense_rank() over (order by place_set.place) - 1 as place_no,
    (place_set.place_set, place_set.place) in (select (place_set, place) from place_of) as asked,
    (place_set.place_set, place_set.place) not in (
        select (stated.place_set, place_within.ancestor)
        from place_set as stated
        join place_within on place_within.place = stated.place and place_within.depth > 0
        where stated.place_set in (select place_set from pair_counted)
    ) as finest
from pair_counted
join place_set on place_set.place_set = pair_counted.place_set
where place_set.place is not null
