-- What is recorded to link the two efforts of each pair of pair_asked, a row a link: a lead of one takes part in the
-- other in another role, both are paid for by the same actor, they are parts of one programme, their leads stand
-- together, or people judged them to be coordinated; of these `who` is the reason. Of the link it gives what it is
-- called (`how`) and the ids of what it names.
with recursive record as (
    select pair_record.effort_no, programme.id, programme.parent
    from pair_record
    join programme on programme.programme_no = pair_record.programme_no
),
family as (
    select effort_no, id as ancestor from record
    union
    select effort_no, parent from record where parent is not null
    union
    select family.effort_no, programme.parent
    from family
    join programme on programme.id = family.ancestor
    where programme.parent is not null
),
side as (
    select a_no, b_no, a_no as mine, b_no as theirs from pair_asked
    union all
    select a_no, b_no, b_no, a_no from pair_asked
)
select
    side.a_no, side.b_no, 'takes part' as how, engaged.actor as who, engaged.role as what,
    programme.id as whom, [engaged.participation] || pair_house.claims as claims
from side
join (select effort_no, unnest(actors) as actor from pair_lead) as lead on lead.effort_no = side.mine
join pair_house on pair_house.actor = lead.actor
join pair_engaged as engaged on engaged.effort_no = side.theirs and engaged.actor = pair_house.house
    and engaged.role not in ('role/accountable', 'role/implementing')
join programme on programme.programme_no = side.theirs
union all
select pair_asked.a_no, pair_asked.b_no, 'paid for by', x.actor, null, null, [x.participation, y.participation]
from pair_asked
join pair_engaged as x on x.effort_no = pair_asked.a_no and x.role in ('role/funding', 'role/extending')
join pair_engaged as y on y.effort_no = pair_asked.b_no and y.role in ('role/funding', 'role/extending')
    and y.actor = x.actor
union all
select
    pair_asked.a_no, pair_asked.b_no, 'judged to be coordinated', judged_effort.said, null, null,
    [judged_effort.judgement]
from pair_asked
join judged_effort on judged_effort.a_no = pair_asked.a_no and judged_effort.b_no = pair_asked.b_no
    and judged_effort.decision = 'coordinated'
union all
select pair_asked.a_no, pair_asked.b_no, 'parts of one programme', x.ancestor, null, null, []
from pair_asked
join family as x on x.effort_no = pair_asked.a_no
join family as y on y.effort_no = pair_asked.b_no and y.ancestor = x.ancestor
union all
select
    pair_asked.a_no, pair_asked.b_no, pair_stand.how, pair_stand.who, pair_stand.what, pair_stand.whom,
    pair_stand.claims
from pair_asked
join (select effort_no, unnest(actors) as actor from pair_lead) as x on x.effort_no = pair_asked.a_no
join (select effort_no, unnest(actors) as actor from pair_lead) as y on y.effort_no = pair_asked.b_no
join pair_stand on pair_stand.actor = x.actor and pair_stand.other = y.actor
