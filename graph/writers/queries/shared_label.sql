-- Names that several actors bear: a format that tells actors by their names has to tell these apart.
create temp table shared_label as
select label
from (select id, min(label) as label from thing where kind = 'actor' group by id)
group by label
having count(*) > 1
