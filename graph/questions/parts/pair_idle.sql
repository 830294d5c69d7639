-- The efforts of which no engagement is among the work that the common parameters leave: asked only where a period or a
-- dataset is given, because the others are looked at in pair_effort already.
select effort_no
from pair_effort
where effort_no not in (select effort_no from work)
