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
parts: [place_of, domain_of, response_of, target_of, work, asked]
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
    select coalesce(
        $as_of::date,
        (
            select max(case when attested then to_date else from_date end)
            from engagement
            where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
        )
    ) as day
),
dated as materialized (
    select asked.*, today.day, coalesce(ends = to_date, false) as planned
    from asked
    cross join today
    where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled', 'status/ended')
        and coalesce(starts <= today.day, true)
),
-- What lies together in every respect first, so that only few are spread over places, domains and responses.
bundle as materialized (
    select place_set, domain_set, response_set, max(to_date) as last_end
    from dated
    group by place_set, domain_set, response_set
),
cell as (
    select place, domain, response, max(last_end) as last_end
    from bundle
    join place_of using (place_set)
    join domain_of using (domain_set)
    join response_of using (response_set)
    group by place, domain, response
),
near as (
    select cell.*, today.day
    from cell
    cross join today
    where last_end between today.day and today.day + to_months($months::integer)
),
held as (
    select
        near.place, near.domain, near.response, near.last_end, near.day,
        place_of.place_set, domain_of.domain_set, response_of.response_set
    from near
    join place_of on place_of.place is not distinct from near.place
    join bundle on bundle.place_set = place_of.place_set
    join domain_of
        on domain_of.domain_set = bundle.domain_set and domain_of.domain is not distinct from near.domain
    join response_of
        on response_of.response_set = bundle.response_set and response_of.response is not distinct from near.response
)
select
    held.place, held.domain, held.response,
    any_value(held.last_end) as last_end,
    any_value(held.day) as as_of,
    bool_or(dated.planned) filter (dated.to_date = held.last_end) as planned,
    count(distinct dated.effort_no) filter (dated.to_date is null) as undated,
    list(distinct dated.programme_no) filter (dated.to_date = held.last_end) as last_programmes,
    list(distinct dated.actor_no) filter (dated.to_date = held.last_end) as last_actors,
    list(distinct dated.programme_no)[:50] as some_programmes,
    list(distinct dated.participation)[:50] as some_participations
from held
join dated
    on dated.place_set = held.place_set
    and dated.domain_set = held.domain_set
    and dated.response_set = held.response_set
group by held.place, held.domain, held.response
having $ends = 'any' or bool_or(dated.planned) filter (dated.to_date = held.last_end)

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
claimed as (
    select first.row_, list(distinct programme.id) as claims
    from (select row_, unnest(some_programmes) as programme_no from page) as first
    join programme on programme.programme_no = first.programme_no
    group by first.row_
)
select
    page.row_,
    last_programme.programmes,
    coalesce(last_actor.actors, []) as actors,
    list_sort(list_distinct(claimed.claims || page.some_participations)) as claims
from page
join last_programme on last_programme.row_ = page.row_
join claimed on claimed.row_ = page.row_
left join last_actor on last_actor.row_ = page.row_
