-- What is known to be done at each place, in each domain and of each kind of response for which it speaks, whether it
-- is expected there or not: so it is the same for all flows and domains that may be asked for.
-- At work are actors in any role but funding and host. A funder is known where an actor has the role funding in one
-- of these programmes, or a tie says that one funds an actor at work.
-- distance  of the nearest active presence, as in gap_reach
with worker as materialized (
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
)

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
