/*
title: Presence matrix
asks: How many programmes and actors are there for each combination of two of actor, place, domain, response and target?
read: >-
  One row a cell: what stands down the side, what stands across the top, and how many programmes and actors are
  recorded there. An empty side is what the sources do not tell, such as programmes for an unknown target. A programme
  with several places, responses or targets counts in each of their cells, so cells must not be added up. Proposed
  programmes are counted apart; refused and cancelled ones not at all. Taking the same for both sides gives plain
  counts of it.
caveat: >-
  A cell that is missing says that no source here records anything, not that nothing is done. A high count may be many
  small programmes; a programme recorded for a region is not shared out among its countries.
example: {rows: place, columns: domain}
parts: [place_of, domain_of, response_of, target_of, work, asked, grain, matrix_work, matrix_seen, matrix_place,
  matrix_down, matrix_across]
once: [found]
parameters:
  rows:
    title: Down the side
    type: choice
    of: [place, domain, response, target, actor, role, status]
    default: place
    about: what the rows are
  columns:
    title: Across the top
    type: choice
    of: [domain, response, target, actor, place, role, status]
    default: domain
    about: what the columns are
  level:
    title: Level
    type: choice
    of: [recorded, country]
    default: recorded
    about: places as they are recorded, or everything inside a country under that country
columns:
  down: {title: Down the side, type: thing}
  across: {title: Across the top, type: thing}
  programmes: {title: Programmes, type: integer, about: "running, suspended or ended, or with an unknown status"}
  proposed: {title: Proposed, type: integer}
  actors: {title: Actors, type: integer, about: in any role in any of them}
order: [down_no, across_no]
matrix: [down, across, programmes]
*/
select distinct matrix_down.down_no, matrix_across.across_no
from matrix_seen
join matrix_down using (down_set, down_code)
join matrix_across using (across_set, across_code)
where $rows <> $columns or matrix_down.down_no is not distinct from matrix_across.across_no

-- [page]
with drawn as (
    select matrix_down.*
    from matrix_down
    join (select distinct down_no from page) as row_of on row_of.down_no is not distinct from matrix_down.down_no
),
spot as (
    select distinct
        page.row_, drawn.down, matrix_across.across,
        drawn.down_set, drawn.down_code, matrix_across.across_set, matrix_across.across_code
    from matrix_seen
    join drawn using (down_set, down_code)
    join matrix_across using (across_set, across_code)
    join page
        on page.down_no is not distinct from drawn.down_no and page.across_no is not distinct from matrix_across.across_no
),
worked as (
    select
        spot.row_, spot.down, spot.across, matrix_work.programme_no, matrix_work.effort_no, matrix_work.participation,
        matrix_work.proposed, participant.actor
    from matrix_work
    join spot using (down_set, down_code, across_set, across_code)
    left join participant on participant.actor_no = matrix_work.actor_no
),
counted as (
    select
        row_,
        any_value(down) as down,
        any_value(across) as across,
        count(distinct effort_no) filter (not proposed) as programmes,
        count(distinct effort_no) filter (proposed) as proposed,
        count(distinct actor) as actors,
        list(distinct programme_no order by programme_no)[:50] as some_programmes,
        coalesce(list(distinct participation order by participation)[:50], []) as some_participations
    from worked
    group by row_
),
claimed as (
    select first.row_, list(programme.id) as claims
    from (select row_, unnest(some_programmes) as programme_no from counted) as first
    join programme on programme.programme_no = first.programme_no
    group by first.row_
)
select
    counted.row_, counted.down, counted.across, counted.programmes, counted.proposed, counted.actors,
    list_sort(list_distinct(claimed.claims || counted.some_participations)) as claims
from counted
join claimed on claimed.row_ = counted.row_
