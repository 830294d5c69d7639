-- Sets of places that lie in one another, and how far the one lies where the other does (g, see the part on overlaps).
-- The first is of efforts asked for (the second may be of such or of others: `y_asked`); each two are told of once. A place that the common parameters
-- leave is among those that meet; `inside` tells that the finer of two such lies within the place asked for.
with held as (
    select distinct room, place_set, asked from pair_effort
),
stated as (
    select held.room, held.place_set, place_set.place, held.asked
    from held
    join place_set on place_set.place_set = held.place_set
    where place_set.place is not null
),
numbered as (
    select place, row_number() over () as place_no from (select distinct place from stated)
),
within as (
    select place from place_within where list_contains($place::varchar[], ancestor)
),
member as (
    select
        stated.room, stated.place_set, numbered.place_no, stated.asked,
        ($place is null or (stated.place_set, stated.place) in (select (place_set, place) from place_of)) as ok,
        count(*) over (partition by stated.room, stated.place_set, stated.asked) as places
    from stated
    join numbered on numbered.place = stated.place
),
up as (
    select
        x.place_no as finer, y.place_no as outer_, place_within.depth,
        ($place is null or x.place in (select place from within)) as inside
    from numbered as x
    join place_within on place_within.place = x.place
    join numbered as y on y.place = place_within.ancestor
),
apart as (
    select finer as x_place, outer_ as y_place, depth, inside from up
    union all
    select outer_, finer, depth, inside from up where depth > 0
),
touching as (
    select
        x.room, x.place_set as x_set, y.place_set as y_set, y.asked as y_asked, apart.x_place, apart.y_place,
        x.places as x_places, y.places as y_places,
        1 / (1 + apart.depth) as near,
        x.ok and y.ok as ok,
        x.ok and y.ok and apart.inside as inside
    from member as x
    join apart on apart.x_place = x.place_no
    join member as y on y.room = x.room and y.place_no = apart.y_place
    where x.asked and (x.place_set <= y.place_set or not y.asked)
),
from_x as (
    select room, x_set, y_set, y_asked, sum(near) / any_value(x_places) as g, bool_or(ok) as ok, bool_or(inside) as inside
    from (
        select room, x_set, y_set, y_asked, any_value(x_places) as x_places, max(near) as near,
            bool_or(ok) as ok, bool_or(inside) as inside
        from touching
        where x_places > 1 or y_places > 1
        group by room, x_set, y_set, y_asked, x_place
    )
    group by room, x_set, y_set, y_asked
),
from_y as (
    select room, x_set, y_set, y_asked, sum(near) / any_value(y_places) as g
    from (
        select room, x_set, y_set, y_asked, any_value(y_places) as y_places, max(near) as near
        from touching
        where x_places > 1 or y_places > 1
        group by room, x_set, y_set, y_asked, y_place
    )
    group by room, x_set, y_set, y_asked
)
select room, x_set, y_set, y_asked, near as g, inside
from touching
where x_places = 1 and y_places = 1 and ok
union all
select from_x.room, from_x.x_set, from_x.y_set, from_x.y_asked, greatest(from_x.g, from_y.g), from_x.inside
from from_x
join from_y on from_y.room = from_x.room and from_y.x_set = from_x.x_set and from_y.y_set = from_x.y_set
    and from_y.y_asked = from_x.y_asked
where from_x.ok
