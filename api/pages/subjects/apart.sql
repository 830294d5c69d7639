-- Two actors without a tie, both tied to whoever has most ties: something links them, and what does is worth asking.
with tied as (
    select distinct actor as one, other from tie where actor <> other
    union
    select distinct other, actor from tie where actor <> other
),

known as (
    select one as actor, count(*) as ties from tied group by one
),

around as (
    select tied.other as actor, known.ties
    from tied
    join known on known.actor = tied.other
    where tied.one = (select actor from known order by ties desc, actor limit 1)
    order by known.ties desc, actor
    limit 20
)

select one.actor as one, other.actor as other
from around as one
join around as other on one.actor < other.actor
where (one.actor, other.actor) not in (select (one, other) from tied)
order by one.ties + other.ties desc, one, other
limit $most
