-- For the rows of the page the actors with a tie to each of the two: those who could introduce them. Where an
-- organisation is among them, its units are not told as well.
with recursive tied as (
    select actor as one, other as two from pair_tie
    union
    select other, actor from pair_tie
),
end_ as (
    select pair_house.actor, tied.two as house, true as whole
    from pair_house
    join tied on tied.one = pair_house.house
    union
    select actor, house, false from pair_house where house <> actor
),
below as (
    select distinct house, house as actor from end_
    union
    select below.house, actor.id
    from below
    join actor on actor.part_of = below.actor
    where actor.class = 'con:Unit'
),
standing as (
    select end_.actor, below.actor as contact
    from end_
    join below on below.house = end_.house
    where end_.whole or below.actor <> end_.house
    union
    select pair_house.actor, actor_within.ancestor
    from pair_house
    join actor_within on actor_within.actor = pair_house.actor and actor_within.depth > 0
    union
    select pair_house.actor, actor_within.actor
    from pair_house
    join actor_within on actor_within.ancestor = pair_house.actor and actor_within.depth > 0
),
middle as (
    select page.row_, x.contact
    from page
    join standing as x on x.actor = page.actor and x.contact <> page.actor
    join standing as y on y.actor = page.other and y.contact = x.contact and y.contact <> page.other
),
above as (
    select distinct contact as actor, contact as house from middle
    union
    select above.actor, actor.part_of
    from above
    join actor on actor.id = above.house
    where actor.class = 'con:Unit' and actor.part_of is not null
),
unit as (
    select middle.row_, middle.contact
    from middle
    join above on above.actor = middle.contact and above.house <> middle.contact
    join middle as whole on whole.row_ = middle.row_ and whole.contact = above.house
)
select row_, list_sort(list(contact)) as known_to_both
from (select row_, contact from middle except select row_, contact from unit)
group by row_
