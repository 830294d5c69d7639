-- Actors of whom a tie says that another one funds them.
select distinct participant.actor_no, tie.actor as funder, tie.id as tie
from tie
join participant on participant.actor = tie.other
where tie.kind = 'tie-kind/funds' and ($dataset is null or list_contains($dataset::varchar[], tie.dataset))
