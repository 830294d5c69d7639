-- The leads of the pairs of pair_apart beside one another (actor < other by id), each with their strongest overlap.
-- With an actor asked for, one of the two is that actor. The
-- strongest of all turns go to pair_met_actors.
with meeting as (
    select
        least(x.actor, y.actor) as actor, greatest(x.actor, y.actor) as other,
        pair_apart.reach, pair_apart.score, pair_apart.known, pair_apart.a_no, pair_apart.b_no
    from pair_apart
    join (select effort_no, unnest(actors) as actor from pair_lead) as x on x.effort_no = pair_apart.a_no
    join (select effort_no, unnest(actors) as actor from pair_lead) as y on y.effort_no = pair_apart.b_no
),
asked as (
    select actor from actor_within where list_contains($actor::varchar[], ancestor)
)
select actor, other, reach, score, known, a_no, b_no
from meeting
where ($actor is null or actor in (select actor from asked) or other in (select actor from asked))
qualify row_number() over (partition by actor, other order by reach desc, score desc, known desc, a_no, b_no) = 1
