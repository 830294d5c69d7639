-- How each expected response stands at each leg's place, domain and role.
--   covered        at least one active presence, two actors at work or more, and a funder known
--   thin           at least one active presence, but at most one actor at work, or no funder known
--   planned        no active one; proposed, or stated to begin later
--   ended          neither; what is known has ended or is suspended
--   none-recorded  nothing of these, though a dataset covers the place, domain and period
--   no-source      nothing of these, and no dataset covers it
-- At work are actors in any role but funding and host. A funder is known where an actor has the role funding in one
-- of these programmes, or a tie says that one funds an actor at work.
with expected as (
    select distinct gap_leg.place, gap_leg.domain, gap_leg.role as place_role,
        expectation.response, expectation.weight, expectation.reason, expectation.basis
    from gap_leg
    join expectation on expectation.domain = gap_leg.domain and expectation.place_role = gap_leg.role
),

legs as (
    select place, domain, role as place_role, list_sort(list(distinct leg)) as legs
    from gap_leg
    group by all
),

answering as (
    select
        gap_presence.place, gap_presence.domain, wanted.ancestor as response, gap_presence.covered_at,
        gap_presence.participation, gap_presence.programme, gap_presence.actor, gap_presence.state,
        gap_presence.role = 'role/funding' as pays,
        gap_presence.role is null or gap_presence.role not in ('role/funding', 'role/host') as works
    from gap_presence
    join concept_within as wanted on wanted.concept = gap_presence.response
),

funding_tie as (
    select place, domain, response, tie.id, tie.actor as funder
    from answering
    join tie on tie.kind = 'tie-kind/funds' and tie.other = answering.actor
    where
        answering.state = 'active'
        and works
        and ($dataset is null or list_contains($dataset::varchar[], tie.dataset))
),

paid as (
    select place, domain, response, list(distinct funder) as funders, list(distinct id) as ties
    from funding_tie
    group by all
),

gathered as (
    select
        place, domain, response,
        count(*) filter (state = 'active') as active,
        list(distinct actor) filter (state = 'active' and works and actor is not null) as actors,
        list(distinct actor) filter (state = 'active' and pays and actor is not null) as funders,
        list(distinct covered_at) filter (state = 'active') as reaches,
        list(distinct programme) filter (state = 'active') as programmes,
        list(distinct programme) filter (state = 'planned') as planned,
        list(distinct programme) filter (state = 'ended') as ended,
        list(distinct programme) filter (state = 'refused') as refused,
        list(distinct programme) filter (state = 'uncertain') as uncertain,
        list(distinct participation) filter (participation is not null) || list(distinct programme) as claims
    from answering
    group by place, domain, response
),

at_work as (
    select distinct place, domain, response, actor
    from answering
    where state = 'active' and works and actor is not null
),

-- Who is at work in the place and domain with another response, or with one that no source tells.
others as (
    select wanted.place, wanted.domain, wanted.response, list(distinct gap_presence.actor) as near_actors
    from (select distinct place, domain, response from expected) as wanted
    join gap_presence using (place, domain)
    left join at_work
        on at_work.place = wanted.place and at_work.domain = wanted.domain
        and at_work.response = wanted.response and at_work.actor = gap_presence.actor
    where
        gap_presence.state = 'active'
        and gap_presence.actor is not null
        and (gap_presence.role is null or gap_presence.role not in ('role/funding', 'role/host'))
        and at_work.actor is null
    group by wanted.place, wanted.domain, wanted.response
),

-- Programmes whose response no source tells: they may answer any expectation here, or none.
silent as (
    select
        place, domain,
        list(distinct programme) filter (state = 'active') as unstated,
        list(distinct programme) filter (state = 'refused') as refused
    from gap_presence
    where gap_presence.response is null
    group by place, domain
),

stood as (
    select
        expected.place, expected.domain, expected.place_role, expected.response,
        expected.weight, expected.reason, expected.basis,
        legs.legs,
        coalesce(gathered.active, 0) as active,
        list_sort(coalesce(gathered.actors, [])) as actors,
        list_sort(list_distinct(coalesce(gathered.funders, []) || coalesce(paid.funders, []))) as funders,
        coalesce(gathered.reaches, []) as reaches,
        list_sort(coalesce(gathered.programmes, [])) as programmes,
        list_sort(coalesce(gathered.planned, [])) as planned,
        list_sort(coalesce(gathered.ended, [])) as ended,
        list_sort(list_distinct(coalesce(gathered.refused, []) || coalesce(silent.refused, []))) as refused,
        list_sort(coalesce(gathered.uncertain, [])) as uncertain,
        list_sort(coalesce(others.near_actors, [])) as near_actors,
        list_sort(coalesce(silent.unstated, [])) as unstated,
        gap_coverage.coverage,
        list_distinct(
            coalesce(gathered.claims, []) || coalesce(paid.ties, [])
            || coalesce(silent.unstated, []) || coalesce(silent.refused, [])
        ) as presence_claims
    from expected
    join legs using (place, domain, place_role)
    left join gathered using (place, domain, response)
    left join paid using (place, domain, response)
    left join others using (place, domain, response)
    left join silent using (place, domain)
    left join gap_coverage using (place, domain)
)

select
    stood.* exclude (active, reaches, legs, presence_claims),
    case
        when active > 0 and len(actors) >= 2 and len(funders) > 0 then 'gap-status/covered'
        when active > 0 then 'gap-status/thin'
        when len(planned) > 0 then 'gap-status/planned'
        when len(ended) > 0 then 'gap-status/ended'
        when coverage is not null then 'gap-status/none-recorded'
        else 'gap-status/no-source'
    end as status,
    case
        when list_contains(reaches, 'place') then 'place'
        when list_contains(reaches, 'part') then 'part'
        when list_contains(reaches, 'region') then 'region'
    end as covered_at,
    list_sort(list_distinct(legs || presence_claims)) as claims
from stood
