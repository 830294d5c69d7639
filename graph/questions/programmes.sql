/*
title: Programmes
asks: Which programmes are there, who leads and pays for them, where, on what, for whom and since when?
read: >-
  One row a programme of which a source records anything that fits what was asked; the row then shows all of it, also
  what does not fit. Leads implement it or answer for it. Starts and ends are as stated; from and to also take in days
  on which a source saw it active, and `Attested` tells that they rest on such a day. Reach tells whether a programme
  is recorded in the place or only for a region that holds it.
caveat: >-
  An empty cell is something that no source tells. The status is that of the day of the source. A refused programme is
  listed because the refusal matters; it does not run.
example: {place: UZ, domain: persons}
parts: [place_of, domain_of, response_of, target_of, work, asked, asked_efforts]
parameters:
  status:
    title: Status
    type: status
    many: true
    about: proposed, active, suspended, ended, cancelled or refused; all of them when not given
filters: {place: place_set, status: status}
columns:
  programme: {title: Programme, type: programme}
  class: {title: Kind, type: text}
  status: {title: Status, type: status}
  starts: {title: Starts, type: date}
  ends: {title: Ends, type: date}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  attested: {title: Attested, type: boolean, about: a bound is only a date on which the source saw it active}
  leads: {title: Led by, type: actor, many: true}
  funders: {title: Funded by, type: actor, many: true}
  others: {title: Others, type: actor, many: true, about: "extending, host or partner"}
  places: {title: Places, type: place, many: true}
  domains: {title: Domains, type: domain, many: true}
  responses: {title: Responses, type: response, many: true}
  targets: {title: Targets, type: target, many: true}
  parent: {title: Part of, type: programme}
  budget: {title: Budget, type: number}
  currency: {title: Currency, type: text}
order: [status, from_date, programme]
*/
select effort_no, programme, status, from_date, place_set
from effort
where (
    $place is null and $domain is null and $response is null and $target is null and $actor is null
    and $role is null and $dataset is null and $on is null and $from is null and $to is null
    or effort_no in (select effort_no from asked_efforts))

-- [page]
with record as (
    select page.row_, coalesce(effort_of.programme_no, page.effort_no) as programme_no
    from page
    left join effort_of on effort_of.effort_no = page.effort_no
),
part as (
    select
        record.row_,
        list_sort(list(distinct actor) filter (role in ('role/accountable', 'role/implementing'))) as leads,
        list_sort(list(distinct actor) filter (role = 'role/funding')) as funders,
        list_sort(list(distinct actor) filter (role in ('role/extending', 'role/host', 'role/partner'))) as others,
        list(distinct participation) as claims
    from record
    join engagement on engagement.programme_no = record.programme_no
    join participant on participant.actor_no = engagement.actor_no
    group by record.row_
)
select
    record.row_,
    substr(min_by(programme.class, programme.dataset), 5) as class,
    min(programme.starts) as starts,
    max(programme.ends) as ends,
    max(programme.to_date) as to_date,
    bool_or(programme.attested) as attested,
    any_value(part.leads) as leads,
    any_value(part.funders) as funders,
    any_value(part.others) as others,
    list_sort(list_distinct(flatten(list(programme.places)))) as places,
    list_sort(list_distinct(flatten(list(programme.domains)))) as domains,
    list_sort(list_distinct(flatten(list(programme.responses)))) as responses,
    list_sort(list_distinct(flatten(list(programme.targets)))) as targets,
    min_by(programme.parent, programme.dataset) as parent,
    min_by(programme.budget, programme.dataset) as budget,
    min_by(programme.currency, programme.dataset) as currency,
    list_sort(list_distinct(coalesce(any_value(part.claims), []) || list(programme.id))) as claims
from record
join programme on programme.programme_no = record.programme_no
left join part on part.row_ = record.row_
group by record.row_

-- [total]
select count(*) as total from kept
