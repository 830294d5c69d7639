-- The sets of places of pair_meets, and how far the one lies where the other does (g, see the part on overlaps). A place
-- that the common parameters leave is among those that meet; `inside` tells that the finer of two such lies within the
-- place asked for.
with from_x as (
    select room, x_set, y_set, y_asked, sum(near) / any_value(x_places) as g, bool_or(ok) as ok, bool_or(inside) as inside
    from (
        select room, x_set, y_set, y_asked, any_value(x_places) as x_places, max(near) as near,
            bool_or(ok) as ok, bool_or(inside) as inside
        from pair_meets
        where x_places > 1 or y_places > 1
        group by room, x_set, y_set, y_asked, x_place
    )
    group by room, x_set, y_set, y_asked
),
from_y as (
    select room, x_set, y_set, y_asked, sum(near) / any_value(y_places) as g
    from (
        select room, x_set, y_set, y_asked, any_value(y_places) as y_places, max(near) as near
        from pair_meets
        where x_places > 1 or y_places > 1
        group by room, x_set, y_set, y_asked, y_place
    )
    group by room, x_set, y_set, y_asked
)
select room, x_set, y_set, y_asked, near as g, inside
from pair_meets
where x_places = 1 and y_places = 1 and ok
union all
select from_x.room, from_x.x_set, from_x.y_set, from_x.y_asked, greatest(from_x.g, from_y.g), from_x.inside
from from_x
join from_y on from_y.room = from_x.room and from_y.x_set = from_x.x_set and from_y.y_set = from_x.y_set
    and from_y.y_asked = from_x.y_asked
where from_x.ok
