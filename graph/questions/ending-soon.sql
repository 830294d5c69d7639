/*
title: Ending soon
asks: Where does the last recorded work on something end within the coming months?
read: >-
  One row a place, domain and response whose latest known end lies within `months` after `as_of`. `Planned` ends are
  stated by a source. Where the end is only the last day on which a source saw the work, nothing says that it stops:
  ask before anyone plans for it; these come last. `Undated` counts presences there of which no date is known: with
  one of them, the cell may well go on. Without `as_of` it is the latest day on which the visible data see anything
  begin or run, not today, since an answer of today's date from data of years ago would call everything ended.
caveat: >-
  An end on paper is often followed by a next phase that no source records yet. The period is the participation's own
  where it has one. Proposed, refused, cancelled and ended programmes do not keep a cell alive and are not counted.
example: {months: "12", place: TJ}
parts: [place_of, domain_of, response_of, target_of, work, asked, last_seen]
once: [last_seen]
parameters:
  months:
    title: Months
    type: integer
    default: "12"
    low: 0
    high: 120
    about: how far to look ahead
  as_of:
    title: As of
    type: date
    about: the day from which to look; without it, the latest day on which the data see anything begin or run
  ends:
    title: Ends
    type: choice
    of: [any, planned]
    default: any
    about: any end, or only those that a source states
filters: {place: place}
columns:
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  response: {title: Response, type: response}
  last_end: {title: Last end, type: date, about: the latest end of any presence there}
  planned: {title: Planned, type: boolean, about: "a source states that end; otherwise it's only when it was last seen"}
  undated: {title: Undated, type: integer, about: programmes there of which no date is known}
  programmes: {title: Running until then, type: programme, many: true, about: those with the last end}
  actors: {title: Actors, type: actor, many: true, about: in these}
  as_of: {title: As of, type: date}
order: [planned desc, undated, last_end, place, domain, response]
*/
with today as (
    select coalesce($as_of::date, last_seen.day) as day from last_seen
),
dated as materialized (
    select asked.*, today.day, coalesce(ends = to_date, false) as planned
    from asked
    cross join today
    where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled', 'status/ended')
        and coalesce(starts <= today.day, true)
),
-- What lies together in every respect first, so that only few are spread over places, domains and responses. Efforts
-- of unknown end are counted there, apart from those with several records, which could lie in two of them.
bundle as materialized (
    select
        place_set, domain_set, response_set, max(to_date) as last_end,
        count(distinct effort_no) filter (to_date is null and effort_no not in (select effort_no from effort_of))
            as undated,
        list(distinct effort_no) filter (to_date is null and effort_no in (select effort_no from effort_of))
            as undated_efforts
    from dated
    group by place_set, domain_set, response_set
),
near as materialized (
    select
        place, domain, response, max(last_end) as last_end,
        sum(undated)::bigint + len(list_distinct(flatten(list(undated_efforts)))) as undated
    from bundle
    join place_of using (place_set)
    join domain_of using (domain_set)
    join response_of using (response_set)
    group by place, domain, response
    having max(last_end) between (select day from today) and (select day + to_months($months::integer) from today)
),
-- What ends last lies in bundles that end no later.
held as (
    select near.*, bundle.place_set, bundle.domain_set, bundle.response_set
    from bundle
    join place_of using (place_set)
    join domain_of using (domain_set)
    join response_of using (response_set)
    join near
        on near.last_end = bundle.last_end
        and near.place is not distinct from place_of.place
        and near.domain is not distinct from domain_of.domain
        and near.response is not distinct from response_of.response
    where bundle.last_end between (select day from today) and (select day + to_months($months::integer) from today)
)
select
    held.place, held.domain, held.response, held.last_end,
    (select day from today) as as_of,
    bool_or(dated.planned) as planned,
    any_value(held.undated) as undated,
    list(distinct dated.programme_no) as last_programmes,
    list(distinct dated.actor_no) as last_actors
from held
join dated
    on dated.place_set = held.place_set
    and dated.domain_set = held.domain_set
    and dated.response_set = held.response_set
    and dated.to_date = held.last_end
group by held.place, held.domain, held.response, held.last_end
having $ends = 'any' or bool_or(dated.planned)

-- [page]
with last_programme as (
    select last.row_, list_sort(list(distinct programme.id)) as programmes
    from (select row_, unnest(last_programmes) as programme_no from page) as last
    join programme on programme.programme_no = last.programme_no
    group by last.row_
),
last_actor as (
    select last.row_, list_sort(list(distinct participant.actor)) as actors
    from (select row_, unnest(last_actors) as actor_no from page) as last
    join participant on participant.actor_no = last.actor_no
    group by last.row_
),
worked as (
    select page.row_, asked.programme_no, asked.participation
    from page
    join place_of on place_of.place is not distinct from page.place
    join asked on asked.place_set = place_of.place_set
    join domain_of on domain_of.domain_set = asked.domain_set and domain_of.domain is not distinct from page.domain
    join response_of
        on response_of.response_set = asked.response_set and response_of.response is not distinct from page.response
    where coalesce(asked.status, '') not in ('status/proposed', 'status/refused', 'status/cancelled', 'status/ended')
        and coalesce(asked.starts <= page.as_of, true)
),
few as (
    select
        row_, min(programme_no, 50) as programmes, coalesce(min(participation, 50), []) as participations
    from (select distinct row_, programme_no, participation from worked)
    group by row_
),
claimed as (
    select first.row_, list(distinct programme.id) as claims
    from (select row_, unnest(programmes) as programme_no from few) as first
    join programme on programme.programme_no = first.programme_no
    group by first.row_
)
select
    page.row_,
    last_programme.programmes,
    coalesce(last_actor.actors, []) as actors,
    list_sort(list_distinct(claimed.claims || few.participations)) as claims
from page
join few on few.row_ = page.row_
join last_programme on last_programme.row_ = page.row_
join claimed on claimed.row_ = page.row_
left join last_actor on last_actor.row_ = page.row_
