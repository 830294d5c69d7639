-- The efforts that the two actors of each row of the page lead, a room a row. `asked` are those of whichever of the two
-- leads fewer: a pair of efforts that brings the two together has one of these on one side.
with led as (
    select distinct engagement.effort_no, participant.actor
    from engagement
    join participant on participant.actor_no = engagement.actor_no
    where engagement.role in ('role/accountable', 'role/implementing')
        and participant.actor in (select actor from page union all select other from page)
),
leads as (
    select actor, count(*) as efforts from led group by actor
),
side as (
    select page.row_, page.actor, x.efforts <= y.efforts as fewer
    from page
    join leads as x on x.actor = page.actor
    join leads as y on y.actor = page.other
    union all
    select page.row_, page.other, x.efforts > y.efforts
    from page
    join leads as x on x.actor = page.actor
    join leads as y on y.actor = page.other
),
present as (
    select side.row_, led.effort_no, bool_or(side.fewer) as fewer
    from side
    join led on led.actor = side.actor
    group by side.row_, led.effort_no
)
select pair_effort.* replace (present.row_ as room, present.fewer as asked)
from pair_effort
join present on present.effort_no = pair_effort.effort_no
