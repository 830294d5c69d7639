-- Every cell of a matrix with its margins, over the parts of the question `presence-matrix`. A programme with several
-- places counts in each of their cells but once in a margin, so margins are counted, not added up.
with over as (
    select programme_no, bool_and(coalesce(status in ('status/ended', 'status/suspended'), false)) as ended
    from asked
    group by programme_no
),
placed as (
    select distinct matrix_cell.down, matrix_cell.across, matrix_work.effort_no, matrix_work.proposed, over.ended
    from matrix_cell
    join matrix_work
        on matrix_work.place_set is not distinct from matrix_cell.place_set
        and matrix_work.domain_set is not distinct from matrix_cell.domain_set
        and matrix_work.response_set is not distinct from matrix_cell.response_set
        and matrix_work.target_set is not distinct from matrix_cell.target_set
        and matrix_work.actor_no is not distinct from matrix_cell.actor_no
        and matrix_work.role is not distinct from matrix_cell.role
        and matrix_work.status is not distinct from matrix_cell.status
    join over on over.programme_no = matrix_work.programme_no
)
select
    down,
    across,
    grouping(down) = 1 as all_down,
    grouping(across) = 1 as all_across,
    count(distinct effort_no) filter (not proposed) as programmes,
    count(distinct effort_no) filter (proposed) as proposed,
    count(distinct effort_no) filter (not proposed and not ended) as running,
    []::varchar[] as claims
from placed
group by grouping sets ((down, across), (down), (across), ())
