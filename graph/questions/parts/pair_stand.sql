-- Which of pair_actors stand together and how, a row a reason: the part on `together`, for few. Of the reason it gives
-- what it is called (`how`) and the ids of what it names.
with tied as (
    select id, actor as one, other as two, actor, kind, other from pair_tie
    union all
    select id, other, actor, actor, kind, other from pair_tie
)
select
    x.actor, x.other, 'tie' as how, tied.actor as who, tied.kind as what, tied.other as whom,
    [tied.id] || x.claims || y.claims as claims
from tied
join (
    select pair_actors.actor, pair_actors.other, pair_house.house, pair_house.claims
    from pair_actors
    join pair_house on pair_house.actor = pair_actors.actor
) as x on x.house = tied.one
join pair_house as y on y.actor = x.other and y.house = tied.two
union all
select
    pair_actors.actor, pair_actors.other, 'part of', actor_within.actor, null, actor_within.ancestor,
    [actor_within.actor]
from pair_actors
join actor_within on actor_within.depth > 0
    and actor_within.actor = pair_actors.actor and actor_within.ancestor = pair_actors.other
union all
select
    pair_actors.actor, pair_actors.other, 'part of', actor_within.actor, null, actor_within.ancestor,
    [actor_within.actor]
from pair_actors
join actor_within on actor_within.depth > 0
    and actor_within.actor = pair_actors.other and actor_within.ancestor = pair_actors.actor
union all
select
    pair_actors.actor, pair_actors.other, 'one organisation', x.house, null, null, x.claims || y.claims
from pair_actors
join pair_house as x on x.actor = pair_actors.actor and x.house <> x.actor
join pair_house as y on y.actor = pair_actors.other and y.house <> y.actor and y.house = x.house
