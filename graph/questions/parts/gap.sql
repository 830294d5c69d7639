-- How each expected response stands at each leg's place, domain and role.
--   covered        at least one active presence, two actors at work or more, and a funder known
--   thin           at least one active presence, but at most one actor at work, or no funder known
--   planned        no active one; proposed, or stated to begin later
--   ended          neither; what is known has ended or is suspended
--   none-recorded  nothing of these, though a dataset covers the place, domain and period
--   no-source      nothing of these, and no dataset covers it
-- At work are actors in any role but funding and host. A funder is known where an actor has the role funding in one
-- of these programmes, or a tie says that one funds an actor at work.
-- distance  of the nearest active presence, as in gap_reach
with expected as (
    select distinct gap_leg.place, gap_leg.domain, gap_leg.role as place_role,
        expectation.response, expectation.weight, expectation.reason, expectation.basis
    from gap_leg
    join expectation on expectation.domain = gap_leg.domain and expectation.place_role = gap_leg.role
),

worker as materialized (
    select participant.actor_no, participant.identity_no, funded.actor_no is not null as funded
    from participant
    left join (select distinct actor_no from gap_funded) as funded on funded.actor_no = participant.actor_no
),

-- Engagements that are alike in where, what and which response are summed up first; actors are told apart by the
-- least and the greatest of their numbers.
bundle as (
    select
        gap_presence.place_set, gap_presence.domain_set, gap_presence.response_set,
        bool_or(state = 'active') as active,
        bool_or(state = 'planned') as planned,
        bool_or(state = 'ended') as ended,
        min(worker.identity_no) filter (state = 'active' and works) as least_actor,
        max(worker.identity_no) filter (state = 'active' and works) as greatest_actor,
        coalesce(bool_or(worker.actor_no is not null) filter (state = 'active' and pays), false)
            or coalesce(bool_or(worker.funded) filter (state = 'active' and works), false) as paid
    from gap_presence
    left join worker on worker.actor_no = gap_presence.actor_no
    group by gap_presence.place_set, gap_presence.domain_set, gap_presence.response_set
),

placed as (
    select
        gap_reach.place, bundle.domain_set, bundle.response_set,
        bool_or(active) as active,
        bool_or(planned) as planned,
        bool_or(ended) as ended,
        min(least_actor) as least_actor,
        max(greatest_actor) as greatest_actor,
        bool_or(paid) as paid,
        min(gap_reach.distance) filter (active) as distance
    from bundle
    join gap_reach on gap_reach.place_set = bundle.place_set
    group by gap_reach.place, bundle.domain_set, bundle.response_set
),

answered as (
    select
        placed.place, gap_topic.domain, wanted.ancestor as response,
        bool_or(active) as active,
        bool_or(planned) as planned,
        bool_or(ended) as ended,
        min(least_actor) as least_actor,
        max(greatest_actor) as greatest_actor,
        bool_or(paid) as paid,
        min(distance) as distance
    from placed
    join gap_topic on gap_topic.domain_set = placed.domain_set
    join response_set on response_set.response_set = placed.response_set
    join concept_within as wanted on wanted.concept = response_set.response
    group by placed.place, gap_topic.domain, wanted.ancestor
)

select
    expected.*, gap_coverage.coverage,
    case
        when active and least_actor < greatest_actor and paid then 'gap-status/covered'
        when active then 'gap-status/thin'
        when planned then 'gap-status/planned'
        when ended then 'gap-status/ended'
        when gap_coverage.coverage is not null then 'gap-status/none-recorded'
        else 'gap-status/no-source'
    end as status,
    case distance when 1 then 'place' when 2 then 'part' when 3 then 'region' end as covered_at
from expected
left join answered
    on answered.place = expected.place
    and answered.domain = expected.domain
    and answered.response = expected.response
left join gap_coverage on gap_coverage.place = expected.place and gap_coverage.domain = expected.domain
