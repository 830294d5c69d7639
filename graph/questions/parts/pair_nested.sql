-- Sets of places of which one is among the other, the first that of an effort of the turn. With a place asked for, the
-- finer of two places where they meet lies within it.
with mine as (
    select distinct pair_effort.place_set
    from pair_turn
    join pair_effort on pair_effort.effort_no between pair_turn.first and pair_turn.last
    where pair_effort.asked
),
nested as (
    select x.place_set as x_set, y.place_set as y_set
    from mine
    join pair_member as x on x.place_set = mine.place_set
    join pair_member as y on y.place = x.place
    group by x.place_set, y.place_set
    having count(*) = min(least(x.places, y.places))
),
inside as (
    select sides.x_set, sides.y_set
    from (
        select x_set, y_set, x_set as finer, y_set as other from nested
        union all
        select x_set, y_set, y_set, x_set from nested
    ) as sides
    join place_of as fine on fine.place_set = sides.finer
    join place_within on place_within.place = fine.place
    join place_of as holder on holder.place_set = sides.other and holder.place = place_within.ancestor
    where $place is not null
        and fine.place in (select place from place_within where list_contains($place::varchar[], ancestor))
)
select x_set, y_set
from nested
where ($place is null or (x_set, y_set) in (select (x_set, y_set) from inside))
