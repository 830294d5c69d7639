/*
title: Who works where
asks: Which actors do what, where, when and for whom?
read: >-
  One row a presence: an actor in a role in a programme, in a place and a domain. Responses and targets are
  those of the programme. An empty cell is something that no source tells, not something that does not exist.
caveat: >-
  A presence says that a source records it, not that it is large, effective or still running. Where a period is
  attested, the source only says that it was active on that date.
example: {place: TJ, domain: drugs}
parts: [work, asked]
filters: {place: place}
columns:
  actor: {title: Actor, type: actor}
  role: {title: Role, type: role}
  programme: {title: Programme, type: programme}
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  responses: {title: Responses, type: response, many: true}
  targets: {title: Targets, type: target, many: true}
  status: {title: Status, type: status}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  attested: {title: Attested, type: boolean, about: a bound is only a date on which the source saw it active}
order: [place, domain, actor, programme, role]
*/
select
    actor, role, programme, place, domain,
    list_sort(list(distinct response) filter (response is not null)) as responses,
    list_sort(list(distinct target) filter (target is not null)) as targets,
    any_value(status) as status,
    min(from_date) as from_date,
    max(to_date) as to_date,
    bool_or(attested) as attested,
    list_sort(list_distinct(
        list(programme) || coalesce(list(participation) filter (participation is not null), []))) as claims
from asked
group by actor, role, programme, place, domain
