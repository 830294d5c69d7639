-- Where sets of places lie in one another, a row for each two places that do: how far apart they are (near), whether the
-- common parameters leave both (ok), and whether the finer one lies within the place asked for besides (inside).
-- The first set is of efforts asked for, the second of such or of others: `y_asked`; each two sets are met once.
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
)
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
