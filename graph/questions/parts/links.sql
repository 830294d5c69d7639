-- What is recorded to link two overlapping programmes, a row a link: a lead of one takes part in the other in another
-- role, both are paid for by the same actor, they are parts of one programme, or their leads stand together.
with recursive family as (
    select distinct id as programme, id as ancestor from programme
    union
    select family.programme, programme.parent
    from family
    join programme on programme.id = family.ancestor
    where programme.parent is not null
),
paying as (
    select id, programme, actor from participation where role in ('role/funding', 'role/extending')
),
side as (
    select a, b, b as programme, leads_a as leads from overlap
    union all
    select a, b, a, leads_b from overlap
),
found as (
    select
        side.a, side.b,
        'takes part: ' || coalesce(la.label, participation.actor) || ' – '
            || lower(coalesce(lr.label, participation.role)) || ' – ' || coalesce(lp.label, side.programme) as link,
        [participation.id] || houses.claims as claims
    from side
    cross join unnest(side.leads) as l(lead)
    join houses on houses.actor = l.lead
    join participation on participation.programme = side.programme and participation.actor = houses.house
    left join label as la on la.id = participation.actor
    left join label as lr on lr.id = participation.role
    left join label as lp on lp.id = side.programme
    where participation.role not in ('role/accountable', 'role/implementing')
    union all
    select overlap.a, overlap.b, 'paid for by: ' || coalesce(label.label, x.actor), [x.id, y.id]
    from overlap
    join paying as x on x.programme = overlap.a
    join paying as y on y.programme = overlap.b and y.actor = x.actor
    left join label on label.id = x.actor
    union all
    select overlap.a, overlap.b, 'parts of one programme: ' || coalesce(label.label, x.ancestor), [overlap.a, overlap.b]
    from overlap
    join family as x on x.programme = overlap.a
    join family as y on y.programme = overlap.b and y.ancestor = x.ancestor
    left join label on label.id = x.ancestor
    union all
    select overlap.a, overlap.b, together.how, together.claims
    from overlap
    cross join unnest(overlap.leads_a) as x(lead)
    cross join unnest(overlap.leads_b) as y(lead)
    join together on together.actor = x.lead and together.other = y.lead
)
select a, b, list_sort(list(distinct link)) as links, list_sort(list_distinct(flatten(list(claims)))) as claims
from found
group by a, b
