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
parts: [work, asked, grain]
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
order: [down, across]
matrix: [down, across, programmes]
*/
with seen as (
    select
        asked.actor, asked.role, asked.programme, asked.participation, asked.status,
        grain.shown as place, asked.domain, asked.response, asked.target
    from asked
    left join grain on grain.place = asked.place
    where coalesce(asked.status, '') not in ('status/refused', 'status/cancelled')
),
cell as (
    select
        case $rows
            when 'place' then place when 'domain' then domain when 'response' then response
            when 'target' then target when 'actor' then actor when 'role' then role else status
        end as down,
        case $columns
            when 'place' then place when 'domain' then domain when 'response' then response
            when 'target' then target when 'actor' then actor when 'role' then role else status
        end as across,
        programme, participation, actor, coalesce(status = 'status/proposed', false) as proposed
    from seen
)
select
    down, across,
    count(distinct programme) filter (not proposed) as programmes,
    count(distinct programme) filter (proposed) as proposed,
    count(distinct actor) as actors,
    list_sort(list_distinct(
        list(programme) || coalesce(list(participation) filter (participation is not null), []))) as claims
from cell
group by down, across
