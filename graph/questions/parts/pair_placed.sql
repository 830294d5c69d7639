-- The places of the efforts of pair_counted, numbered from 0. `asked`: the common parameters leave it; `finest`: the
-- effort records none within it.
with stated as materialized (
    select place_set, place
    from place_set
    where place is not null and place_set in (select place_set from pair_counted)
),
coarse as (
    select distinct stated.place_set, place_within.ancestor as place
    from stated
    join place_within on place_within.place = stated.place and place_within.depth > 0
),
numbered as (
    select place, row_number() over (order by place) - 1 as place_no, place in (select place from place_of) as asked
    from (select distinct place from stated)
)
select
    pair_counted.nth, stated.place, numbered.place_no, numbered.asked, coarse.place_set is null as finest
from pair_counted
join stated on stated.place_set = pair_counted.place_set
join numbered on numbered.place = stated.place
left join coarse on coarse.place_set = stated.place_set and coarse.place = stated.place
