-- The same as pair_meets for the efforts of the table pair_listed only, the first of each pair beside the second.
with sides as (
    select distinct a.room, a.place_set as x_set, b.place_set as y_set, b.asked as y_asked
    from pair_listed
    join pair_effort as a on a.effort_no = pair_listed.a_no
    join pair_effort as b on b.effort_no = pair_listed.b_no
),
member as (
    select
        place_set, place,
        ($place is null or (place_set, place) in (select (place_set, place) from place_of)) as ok,
        count(*) over (partition by place_set) as places
    from place_set
    where place is not null
        and place_set in (select x_set from sides union all select y_set from sides)
),
apart as (
    select place as x_place, ancestor as y_place, depth, place as finer from place_within
    union all
    select ancestor, place, depth, place from place_within where depth > 0
)
select
    sides.room, sides.x_set, sides.y_set, sides.y_asked, x.place as x_place, y.place as y_place,
    x.places as x_places, y.places as y_places,
    1 / (1 + apart.depth) as near,
    x.ok and y.ok as ok,
    x.ok and y.ok and ($place is null or apart.finer in (
        select place from place_within where list_contains($place::varchar[], ancestor))) as inside
from sides
join member as x on x.place_set = sides.x_set
join apart on apart.x_place = x.place
join member as y on y.place_set = sides.y_set and y.place = apart.y_place
