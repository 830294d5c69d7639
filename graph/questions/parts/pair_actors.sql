-- The leads of one effort beside those of the other, for the pairs of pair_asked.
select distinct x.actor, y.actor as other
from pair_asked
join (select effort_no, unnest(actors) as actor from pair_lead) as x on x.effort_no = pair_asked.a_no
join (select effort_no, unnest(actors) as actor from pair_lead) as y on y.effort_no = pair_asked.b_no
