-- The place asked for, what lies within it (inside) and the regions that hold it.
select place, bool_or(inside) as inside
from (
    select place, true as inside from place_within where list_contains($place::varchar[], ancestor)
    union all
    select ancestor, false from place_within where list_contains($place::varchar[], place)
)
group by place
