-- Actors that stand together, in both directions: a tie that brings two together, one being part of the other, or two
-- units of one organisation. A tie of an organisation holds for its units. Agencies of one State do not stand
-- together by that alone: they are the very ones that work past each other. Ties that hinder (obstructs, exploits,
-- pressures, investigates, colludes with) bring nobody together, and supplying goods is no joint work.
with joining as (
    select concept as kind
    from concept_within
    where ancestor in (
        'tie-kind/coordinates-with', 'tie-kind/member-of', 'tie-kind/part-of', 'tie-kind/funds',
        'tie-kind/established', 'tie-kind/supports', 'tie-kind/protects')
),
one_way as (
    select
        x.actor, y.actor as other,
        'tie: ' || coalesce(lx.label, tie.actor) || ' – ' || lower(coalesce(lk.label, tie.kind)) || ' – '
            || coalesce(ly.label, tie.other) as how,
        [tie.id] || x.claims || y.claims as claims
    from tie
    join joining on joining.kind = tie.kind
    join houses as x on x.house = tie.actor
    join houses as y on y.house = tie.other
    left join label as lx on lx.id = tie.actor
    left join label as ly on ly.id = tie.other
    left join label as lk on lk.id = tie.kind
    union all
    select
        actor_within.actor, actor_within.ancestor,
        'part of: ' || coalesce(lx.label, actor_within.actor) || ' – ' || coalesce(ly.label, actor_within.ancestor),
        [actor_within.actor]
    from actor_within
    left join label as lx on lx.id = actor_within.actor
    left join label as ly on ly.id = actor_within.ancestor
    where actor_within.depth > 0
    union all
    select x.actor, y.actor, 'one organisation: ' || coalesce(label.label, x.house), x.claims || y.claims
    from houses as x
    join houses as y on y.house = x.house
    left join label on label.id = x.house
    where x.actor <> x.house and y.actor <> y.house
)
select distinct actor, other, how, list_sort(list_distinct(claims)) as claims
from (select * from one_way union all select other, actor, how, claims from one_way)
where actor <> other
