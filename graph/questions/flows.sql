/*
title: Flows
asks: What is trafficked from where, through where, to where, and who is said to carry it?
read: >-
  One row a leg: a place, its role in the flow and, where a source tells, the next place. Position is the leg's
  place in the longest route that the legs make; two legs with one position are alternatives. A flow without a
  known leg has one row without a place.
caveat: >-
  Flows are what sources report, most of them from seizures and interviews; routes that nobody watches are
  missing. A flow is never evidence against a place or its people. Where the period is attested, the source only
  says that it was so on that date.
example: {place: TJ, domain: drugs}
parts: [route]
once: [route]
filters: {place: place, domain: domains, actor: actors, period: [from_date, to_date]}
columns:
  flow: {title: Flow, type: flow}
  domains: {title: Domains, type: domain, many: true}
  position:
    title: Position
    type: integer
    about: 1 where the route begins; empty where no source joins the place to another
  place: {title: Place, type: place}
  role: {title: Role of the place, type: place-role}
  next: {title: Next place, type: place}
  actors: {title: Carried by, type: actor, many: true}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  attested: {title: Attested, type: boolean, about: "a bound is only a date on which the source saw it active"}
  description: {title: Description, type: text}
order: [flow, position nulls last, place, role, next]
*/
with place_of_route as (
    select route.flow, stop.place, max(stop.number) as position
    from route
    cross join unnest(route.route) with ordinality as stop(place, number)
    where len(route.route) > 1
    group by route.flow, stop.place
)

select
    flow.id as flow,
    flow.domains,
    cast(place_of_route.position as bigint) as position,
    leg.place, leg.role, leg.next,
    flow.actors,
    coalesce(leg.from_date, flow.from_date) as from_date,
    coalesce(leg.to_date, flow.to_date) as to_date,
    case when leg.from_date is null then flow.attested else leg.attested end as attested,
    coalesce(leg.description, flow.description) as description,
    list_sort([flow.id] || case when leg.id is null then [] else [leg.id] end) as claims
from flow
left join leg
    on leg.flow = flow.id
    and ($dataset is null or list_contains($dataset::varchar[], leg.dataset))
left join place_of_route on place_of_route.flow = leg.flow and place_of_route.place = leg.place
where $dataset is null or list_contains($dataset::varchar[], flow.dataset) or leg.id is not null
