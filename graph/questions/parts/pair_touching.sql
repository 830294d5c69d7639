-- The places of pair_placed that are the same, or of which one holds the other, each way round.
with numbered as (
    select distinct place, place_no from pair_placed
)
select x.place_no as one, y.place_no as other
from numbered as x
join place_within on place_within.place = x.place
join numbered as y on y.place = place_within.ancestor
union
select y.place_no, x.place_no
from numbered as x
join place_within on place_within.place = x.place
join numbered as y on y.place = place_within.ancestor
