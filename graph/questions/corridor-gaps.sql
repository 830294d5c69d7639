/*
title: Corridor gaps
asks: On which routes is a response in hand at one place and missing at another that should see it too?
read: >-
  One row a route of a flow (its places in order) and a response that is expected at two or more of them. Covered
  are the places where the response is covered or thin, missing those where it is only planned, ended or recorded
  for nobody, and unsourced those that no dataset covers. Traffic moves to the weakest part of a route, so work at
  one end may only push it along.
caveat: >-
  Routes are put together from the legs that sources report, each for its own year; nobody needs to have seen the
  whole route. A place without a source may be covered by somebody whom our datasets do not know.
example: {domain: drugs}
parts: [gap_credit, gap_leg, gap_asked, gap_place, gap_presence, gap_reach, gap_topic, gap_funded, gap_coverage,
  gap_answered, gap, route]
once: [gap_leg, gap_place, gap_reach, gap_topic, gap_funded, gap_coverage, gap_answered, gap]
filters: {place: route, response: response}
columns:
  flow: {title: Flow, type: flow}
  domain: {title: Domain, type: domain}
  response: {title: Expected response, type: response}
  route: {title: Route, type: place, many: true, about: "in the order in which the flow passes them"}
  covered: {title: Covered, type: place, many: true}
  missing: {title: Missing, type: place, many: true}
  unsourced: {title: No source, type: place, many: true}
  weight: {title: Weight, type: number, about: "greatest weight of the response at a place where it is missing"}
  share: {title: Share covered, type: share, about: "covered places among those where the response is expected"}
  actors: {title: Actors at work, type: actor, many: true, about: "on the covered places; they might extend"}
order: [weight desc, share desc, flow, response, route]
*/
with placed as (
    select
        route.flow, route.route, stop.place, stop.number as place_number,
        gap.domain, gap.response, gap.status, gap.weight
    from route
    cross join unnest(route.route) with ordinality as stop(place, number)
    join (select distinct flow, place, role, domain from gap_asked) as leg
        on leg.flow = route.flow and leg.place = stop.place
    join gap on gap.place = stop.place and gap.domain = leg.domain and gap.place_role = leg.role
),

-- A place with two roles in one flow stands at the better of its statuses.
best as (
    select
        flow, domain, response, route, place,
        any_value(place_number) as place_number,
        arg_min(status, position) as status,
        max(weight) as weight
    from placed
    join gap_credit using (status)
    group by flow, domain, response, route, place
),

told as (
    select
        flow, domain, response, route,
        coalesce(list(place order by place_number) filter (status in ('gap-status/covered', 'gap-status/thin')), [])
            as covered,
        coalesce(
            list(place order by place_number)
                filter (status in ('gap-status/planned', 'gap-status/ended', 'gap-status/none-recorded')),
            []) as missing,
        coalesce(list(place order by place_number) filter (status = 'gap-status/no-source'), []) as unsourced,
        max(weight) filter (status not in ('gap-status/covered', 'gap-status/thin')) as weight,
        count(*) as places
    from best
    group by flow, domain, response, route
)

select
    flow, domain, response, route, covered, missing, unsourced, weight,
    len(covered) / places as share
from told
where len(covered) > 0 and len(missing) + len(unsourced) > 0

-- [page]
with held as (
    select row_, domain, response, unnest(covered) as place from page
),

here as (
    select
        reach.place, gap_topic.domain, near.response_set,
        near.programme_no, near.actor_no, near.participation, near.works
    from gap_presence as near
    join (
        select place, place_set from gap_reach where place in (select place from held)
    ) as reach on reach.place_set = near.place_set
    join gap_topic on gap_topic.domain_set = near.domain_set
    where near.state = 'active'
),

sought as (
    select distinct held.row_, held.place, held.domain, response_set.response_set
    from held
    join concept_within as wanted on wanted.ancestor = held.response
    join response_set on response_set.response = wanted.concept
),

answering as materialized (
    select sought.row_, here.programme_no, here.actor_no, here.participation, here.works
    from here
    join sought
        on sought.place = here.place and sought.domain = here.domain and sought.response_set = here.response_set
),

at_work as (
    select busy.row_, list_sort(list(distinct participant.actor))[:100] as actors
    from (select distinct row_, actor_no from answering where works) as busy
    join participant on participant.actor_no = busy.actor_no
    group by busy.row_
),

claim as (
    select page.row_, gap_asked.leg as id
    from page
    join gap_asked
        on gap_asked.flow = page.flow and gap_asked.domain = page.domain and list_contains(page.route, gap_asked.place)
    union
    select row_, participation from answering where participation is not null
    union
    select answering.row_, programme.id
    from answering
    join programme on programme.programme_no = answering.programme_no
),

claimed as (
    select row_, list_sort(list(id))[:100] as claims from claim group by row_
)

select page.row_, coalesce(at_work.actors, []) as actors, claimed.claims
from page
join claimed on claimed.row_ = page.row_
left join at_work on at_work.row_ = page.row_
