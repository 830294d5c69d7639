/*
title: Who works where
asks: Which actors do what, where, when and for whom?
read: >-
  One row a presence: an actor in a role in a programme, in a place and a domain, as a source states it. Responses and targets are
  those of the programme. An empty cell is something that no source tells, not something that does not exist.
caveat: >-
  A presence says that a source records it, not that it is large, effective or still running. Where a period is
  attested, the source only says that it was active on that date.
example: {place: TJ, domain: drugs}
parts: [place_of, domain_of, response_of, target_of, work, asked]
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
order: [place, domain, actor, programme_no, role, participation]
head: place
*/
select
    asked.*, place_of.place, domain_of.domain, participant.actor
from asked
join place_of using (place_set)
join domain_of using (domain_set)
left join participant using (actor_no)

-- [page]
select
    page.row_,
    programme.id as programme,
    list_sort(list(distinct response) filter (response is not null)) as responses,
    list_sort(list(distinct target) filter (target is not null)) as targets,
    list_sort(list_distinct([any_value(page.participation), programme.id])) as claims
from page
join programme on programme.programme_no = page.programme_no
join response_of on response_of.response_set = page.response_set
join target_of on target_of.target_set = page.target_set
group by page.row_, programme.id

-- [total]
select coalesce(sum(placed.places * named.domains), 0)::bigint as total
from asked
join (select place_set, count(*) as places from place_of group by place_set) as placed using (place_set)
join (select domain_set, count(*) as domains from domain_of group by domain_set) as named using (domain_set)
