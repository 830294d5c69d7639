-- One step of a search for a path: from the things in $frontier to those beside them. Only actors, programmes,
-- places and flows are walked through: that two States signed one treaty brings nobody together.
select distinct node, other
from neighbour
where
    node in (select unnest($frontier::varchar[]))
    and split_part(other, '/', 1) in ('actor', 'programme', 'place', 'flow')
