-- Who leads the efforts of pair_effort. Actors are numbers, one for each however many datasets name it.
select distinct effort_no, identity_no as actor_no
from lead
where effort_no in (select effort_no from pair_effort)
