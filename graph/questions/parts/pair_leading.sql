-- Who leads the efforts of pair_effort. Actors are numbers, one for each however many datasets name it.
select distinct engagement.effort_no, known.no as actor_no
from engagement
join (select actor_no, min(actor_no) over (partition by actor) as no from participant) as known
    on known.actor_no = engagement.actor_no
where engagement.role in ('role/accountable', 'role/implementing')
    and engagement.effort_no in (select effort_no from pair_effort)
