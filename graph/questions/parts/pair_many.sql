-- How many pairs a look at every place would meet, a pair as often as the two share a place: what it costs to list all.
with cell as (
    select held.room, place_of.place, sum(held.efforts) as efforts, sum(held.asked) as asked
    from (
        select room, place_set, count(*) as efforts, count(*) filter (asked) as asked
        from pair_effort
        group by room, place_set
    ) as held
    join place_of on place_of.place_set = held.place_set
    group by held.room, place_of.place
)
select
    coalesce(sum(x.asked * y.efforts + case when place_within.depth > 0 then x.efforts * y.asked else 0 end), 0) as many
from cell as x
join place_within on place_within.place = x.place
join cell as y on y.room = x.room and y.place = place_within.ancestor
