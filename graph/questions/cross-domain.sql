/*
title: Where domains meet
asks: At which places, on which legs and in which actors does trafficking in persons, drugs and arms meet?
read: >-
  One row a place, a leg (two places that flows join, in either direction) or an actor for which sources name two
  or more broad domains. For places and legs the evidence is what is trafficked: flows, drivers and figures. For
  actors it is the flows that they are said to carry, drivers that name them, their programmes (not those only
  proposed) and mandates; carries and responds tell the two apart. Statements are what sources say of these
  domains together there, cautions what they warn of.
caveat: >-
  Meeting in one place is not one traffic: routes, people and motives may be quite different, and the sources warn
  that stressing the overlap leads to security measures while causes and remedies differ. Programmes in several
  domains are no sign of trafficking.
example: {kind: place}
parts: [top_domain]
parameters:
  kind:
    title: Kind
    type: choice
    about: "place, leg or actor; without it, all"
    of: [place, leg, actor, all]
    default: all
filters: {place: places, domain: domains}
columns:
  kind: {title: Kind, type: text}
  subject: {title: Subject, type: thing, about: "a place, the first place of a leg, or an actor"}
  other: {title: Other place, type: place, about: "the second place of a leg"}
  domains: {title: Domains that meet, type: domain, many: true}
  places: {title: Places, type: place, many: true}
  carries: {title: Carries, type: boolean, about: "an actor is said to have a part in the traffic"}
  responds: {title: Responds, type: boolean, about: "an actor has a programme or mandate"}
  flows: {title: Flows, type: flow, many: true}
  drivers: {title: Drivers, type: driver, many: true}
  programmes: {title: Programmes, type: programme, many: true}
  statements: {title: What is said, type: text, many: true}
  cautions: {title: Cautions, type: text, many: true}
order: [kind desc, subject, other]
*/
with leg_domain as (
    select distinct leg.id as leg, leg.flow, leg.place, leg.next, top_domain.top as domain, flow.actors
    from leg
    join flow on flow.id = leg.flow
    cross join unnest(flow.domains) as carried(domain)
    join top_domain on top_domain.domain = carried.domain
    where $dataset is null or list_contains($dataset::varchar[], leg.dataset)
),

pressed as (
    select distinct influence.id, influence.driver, influence.places, influence.actors, top_domain.top as domain
    from influence
    cross join unnest(influence.domains) as meant(domain)
    join top_domain on top_domain.domain = meant.domain
    where $dataset is null or list_contains($dataset::varchar[], influence.dataset)
),

-- One row a piece of evidence: which subject, which domain, which claim.
evidence as (
    select 'place' as kind, place as subject, null::varchar as other, domain, leg as claim,
        flow, null::varchar as driver, null::varchar as programme, place, null::varchar as side
    from leg_domain
    union all
    select 'place', stated.place, null, domain, id, null, driver, null, stated.place, null
    from pressed cross join unnest(places) as stated(place)
    union all
    select 'place', observation.place, null, top_domain.top, observation.id,
        null, null, null, observation.place, null
    from observation
    join top_domain on top_domain.domain = observation.domain
    where observation.place is not null
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
    union all
    select 'leg', least(leg_domain.place, next), greatest(leg_domain.place, next), domain, leg, flow, null, null,
        tip.place, null
    from leg_domain
    cross join unnest([leg_domain.place, next]) as tip(place)
    where next is not null
    union all
    select 'actor', carrier.actor, null, top_domain.top, flow.id, flow.id, null, null, null, 'carries'
    from flow
    cross join unnest(flow.actors) as carrier(actor)
    cross join unnest(flow.domains) as carried(domain)
    join top_domain on top_domain.domain = carried.domain
    where $dataset is null or list_contains($dataset::varchar[], flow.dataset)
    union all
    select 'actor', driven.actor, null, domain, id, null, driver, null, null, null
    from pressed cross join unnest(actors) as driven(actor)
    union all
    select 'actor', presence.actor, null, top_domain.top, coalesce(presence.participation, presence.programme),
        null, null, presence.programme, presence.place, 'responds'
    from presence
    join top_domain on top_domain.domain = presence.domain
    where
        presence.actor is not null
        and (
            presence.status is null
            or presence.status not in ('status/proposed', 'status/refused', 'status/cancelled'))
        and ($dataset is null or list_contains($dataset::varchar[], presence.dataset))
    union all
    select 'actor', mandate.actor, null, top_domain.top, mandate.id, null, null, null, mandate.place, 'responds'
    from mandate
    join top_domain on top_domain.domain = mandate.domain
    where $dataset is null or list_contains($dataset::varchar[], mandate.dataset)
),

meeting as (
    select
        kind, subject, other,
        list_sort(list(distinct domain)) as domains,
        list_sort(coalesce(list(distinct place) filter (place is not null), [])) as places,
        case when kind = 'actor' then coalesce(bool_or(side = 'carries'), false) end as carries,
        case when kind = 'actor' then coalesce(bool_or(side = 'responds'), false) end as responds,
        list_sort(coalesce(list(distinct flow) filter (flow is not null), [])) as flows,
        list_sort(coalesce(list(distinct driver) filter (driver is not null), [])) as drivers,
        list_sort(coalesce(list(distinct programme) filter (programme is not null), [])) as programmes,
        list(distinct claim) as claims
    from evidence
    group by kind, subject, other
    having count(distinct domain) > 1
),

-- Statements about two or more domains at once.
joint as (
    select
        statement.id, statement.class, statement.description, statement.places, statement.about,
        list(distinct top_domain.top) as domains
    from statement
    cross join unnest(statement.domains) as meant(domain)
    join top_domain on top_domain.domain = meant.domain
    where $dataset is null or list_contains($dataset::varchar[], statement.dataset)
    group by all
    having count(distinct top_domain.top) > 1
),

-- A caution without a place is about them all; any other statement must name a place or actor of the row.
spoken as (
    select meeting.kind, meeting.subject, meeting.other, joint.id, joint.class, joint.description
    from meeting
    join joint on len(list_intersect(joint.domains, meeting.domains)) > 1
    where
        (joint.class = 'con:Caution' and len(joint.places) = 0)
        or (meeting.kind <> 'actor' and list_has_any(joint.places, meeting.places))
        or list_contains(joint.about, meeting.subject)
        or list_has_any(joint.about, meeting.flows)
),

told as (
    select
        kind, subject, other,
        list_sort(list(distinct description) filter (class <> 'con:Caution')) as statements,
        list_sort(list(distinct description) filter (class = 'con:Caution')) as cautions,
        list(distinct id) as claims
    from spoken
    group by kind, subject, other
)

select
    meeting.kind, meeting.subject, meeting.other, meeting.domains, meeting.places, meeting.carries, meeting.responds,
    meeting.flows, meeting.drivers, meeting.programmes,
    coalesce(told.statements, []) as statements,
    coalesce(told.cautions, []) as cautions,
    list_sort(list_distinct(meeting.claims || coalesce(told.claims, []))) as claims
from meeting
left join told
    on told.kind = meeting.kind and told.subject = meeting.subject and told.other is not distinct from meeting.other
where $kind = 'all' or meeting.kind = $kind
