/*
title: Actor portfolio
asks: What does each actor do, pay for, have the task of and stand in touch with, all in one row?
read: >-
  One row an actor that takes part in a programme, has a mandate or a tie, or proposes or is addressed by a
  recommendation. The parameters pick the actors; each row then shows everything of that actor, not only what fits.
  Naming an organisation also gives its units, each on a row of its own. Places, domains and responses are those of
  its programmes and mandates.
caveat: >-
  It is as complete as the sources: an actor that publishes little looks small. A programme recorded by two sources
  under two names counts twice. A tie says what it says: one actor may obstruct another.
example: {actor: UNODC}
filters: {actor: actor, place: places, domain: domains, response: responses}
columns:
  actor: {title: Actor, type: actor}
  class: {title: Kind, type: text}
  part_of: {title: Part of, type: actor}
  leads: {title: Leads, type: programme, many: true, about: programmes that it implements or answers for}
  planned: {title: Planned, type: programme, many: true, about: proposed programmes in which it would have a part}
  refused: {title: Refused, type: programme, many: true,
    about: programmes in which it had a part and that were refused or cancelled}
  funds: {title: Funds, type: programme, many: true}
  joins: {title: Joins, type: programme, many: true, about: "as partner or host, or passing on the means"}
  leads_in: {title: Leads in, type: domain, many: true, about: domains in which it has the lead mandate}
  main_player_in: {title: Main player in, type: domain, many: true}
  supports_in: {title: Supports in, type: domain, many: true}
  places: {title: Places, type: place, many: true}
  domains: {title: Domains, type: domain, many: true}
  responses: {title: Responses, type: response, many: true}
  stands_with: {title: Stands with, type: actor, many: true,
    about: "by a tie that brings two together, or by organisation"}
  obstructs: {title: Obstructs, type: actor, many: true}
  obstructed_by: {title: Obstructed by, type: actor, many: true}
  other_ties: {title: Other ties, type: integer,
    about: "such as pressing, exploiting or supplying, in either direction"}
  recommends: {title: Recommends, type: integer, about: recommendations that it made}
  recommended: {title: Recommended to, type: integer, about: recommendations addressed to it}
  from_date: {title: From, type: date, about: first day on which it is known to take part in a programme}
  to_date: {title: To, type: date, about: last day on which it is known to take part in a programme}
order: [actor]
parts: [houses, together]
*/
with part as (
    select
        actor,
        list_sort(list(distinct programme) filter (
            came_about and role in ('role/accountable', 'role/implementing'))) as leads,
        list_sort(list(distinct programme) filter (came_about and role = 'role/funding')) as funds,
        list_sort(list(distinct programme) filter (
            came_about and role in ('role/extending', 'role/host', 'role/partner'))) as joins,
        list_sort(list(distinct programme) filter (status = 'status/proposed')) as planned,
        list_sort(list(distinct programme) filter (status in ('status/refused', 'status/cancelled'))) as refused,
        list(distinct place) filter (place is not null) as places,
        list(distinct domain) filter (domain is not null) as domains,
        list(distinct response) filter (response is not null) as responses,
        min(from_date) filter (came_about) as from_date,
        max(to_date) filter (came_about) as to_date,
        list(distinct programme) || list(distinct participation) as claims
    from (
        select *, coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled') as came_about
        from presence
    ) as presence
    where actor is not null
    group by actor
),
task as (
    select
        actor,
        list_sort(list(distinct domain) filter (level = 'mandate-level/leads')) as leads_in,
        list_sort(list(distinct domain) filter (level = 'mandate-level/main-player')) as main_player_in,
        list_sort(list(distinct domain) filter (level = 'mandate-level/supports')) as supports_in,
        list(distinct place) filter (place is not null) as places,
        list(distinct domain) as domains,
        list_distinct(flatten(list(responses))) as responses,
        list(distinct id) as claims
    from mandate
    group by actor
),
contact as (
    select actor, list_sort(list(distinct other)) as stands_with, list_distinct(flatten(list(claims))) as claims
    from together
    group by actor
),
hindering as (
    select concept as kind from concept_within where ancestor = 'tie-kind/obstructs'
),
bond as (
    select id, actor, other, kind, true as outward from tie
    union all
    select id, other, actor, kind, false from tie
),
tied as (
    select
        bond.actor,
        list_sort(list(distinct bond.other) filter (hindering.kind is not null and bond.outward)) as obstructs,
        list_sort(list(distinct bond.other) filter (hindering.kind is not null and not bond.outward)) as obstructed_by,
        count(distinct bond.id) filter (hindering.kind is null and together.actor is null) as other_ties,
        list(distinct bond.id) as claims
    from bond
    left join hindering on hindering.kind = bond.kind
    left join (select distinct actor, other, unnest(claims) as claim from together) as together
        on together.actor = bond.actor and together.other = bond.other and together.claim = bond.id
    group by bond.actor
),
advice as (
    select unnest(proposers) as actor, id, true as made from recommendation
    union
    select unnest(addressees), id, false from recommendation
),
advised as (
    select
        actor,
        count(distinct id) filter (made) as recommends,
        count(distinct id) filter (not made) as recommended,
        list(distinct id) as claims
    from advice
    group by actor
),
known as (
    select
        id,
        min_by(class, dataset) as class,
        min_by(part_of, dataset) as part_of
    from actor
    group by id
)
select
    known.id as actor,
    substr(known.class, 5) as class,
    known.part_of,
    coalesce(part.leads, []) as leads,
    coalesce(part.planned, []) as planned,
    coalesce(part.refused, []) as refused,
    coalesce(part.funds, []) as funds,
    coalesce(part.joins, []) as joins,
    coalesce(task.leads_in, []) as leads_in,
    coalesce(task.main_player_in, []) as main_player_in,
    coalesce(task.supports_in, []) as supports_in,
    list_sort(list_distinct(coalesce(part.places, []) || coalesce(task.places, []))) as places,
    list_sort(list_distinct(coalesce(part.domains, []) || coalesce(task.domains, []))) as domains,
    list_sort(list_distinct(coalesce(part.responses, []) || coalesce(task.responses, []))) as responses,
    coalesce(contact.stands_with, []) as stands_with,
    coalesce(tied.obstructs, []) as obstructs,
    coalesce(tied.obstructed_by, []) as obstructed_by,
    coalesce(tied.other_ties, 0) as other_ties,
    coalesce(advised.recommends, 0) as recommends,
    coalesce(advised.recommended, 0) as recommended,
    part.from_date,
    part.to_date,
    list_sort(list_distinct(
        coalesce(part.claims, []) || coalesce(task.claims, []) || coalesce(contact.claims, [])
        || coalesce(tied.claims, []) || coalesce(advised.claims, []))) as claims
from known
left join part on part.actor = known.id
left join task on task.actor = known.id
left join contact on contact.actor = known.id
left join tied on tied.actor = known.id
left join advised on advised.actor = known.id
where coalesce(part.actor, task.actor, tied.actor, advised.actor) is not null
