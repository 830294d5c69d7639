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
parts: [work, asked]
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
            from presence
            where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
        )
    ) as day
),
dated as (
    select
        asked.*,
        today.day,
        coalesce(programme.ends = asked.to_date or part.ends = asked.to_date, false) as planned
    from asked
    cross join today
    left join (select id, min(starts) as starts, max(ends) as ends from programme group by id) as programme
        on programme.id = asked.programme
    left join (select id, min(starts) as starts, max(ends) as ends from participation group by id) as part
        on part.id = asked.participation
    where coalesce(asked.status, '') not in (
            'status/proposed', 'status/refused', 'status/cancelled', 'status/ended')
        and coalesce(coalesce(part.starts, programme.starts) <= today.day, true)
),
cell as (
    select
        dated.place, dated.domain, dated.response,
        max(dated.to_date) as last_end,
        count(distinct dated.programme) filter (dated.to_date is null) as undated,
        list_distinct(list(dated.programme)
            || coalesce(list(dated.participation) filter (dated.participation is not null), [])) as claims
    from dated
    group by dated.place, dated.domain, dated.response
),
last as (
    select
        dated.place, dated.domain, dated.response,
        bool_or(dated.planned) as planned,
        list_sort(list(distinct dated.programme)) as programmes,
        list_sort(list(distinct dated.actor) filter (dated.actor is not null)) as actors
    from dated
    join cell
        on cell.place is not distinct from dated.place
        and cell.domain is not distinct from dated.domain
        and cell.response is not distinct from dated.response
        and cell.last_end = dated.to_date
    group by dated.place, dated.domain, dated.response
)
select
    cell.place, cell.domain, cell.response, cell.last_end, last.planned, cell.undated,
    last.programmes, coalesce(last.actors, []) as actors,
    today.day as as_of,
    list_sort(cell.claims) as claims
from cell
cross join today
join last
    on last.place is not distinct from cell.place
    and last.domain is not distinct from cell.domain
    and last.response is not distinct from cell.response
where cell.last_end between today.day and today.day + to_months($months::integer)
    and ($ends = 'any' or last.planned)
