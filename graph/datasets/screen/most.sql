-- Subjects that state more than $count different values by $paths.
with many as (select s from claim where list_contains($paths, p) group by s having count(*) > $count)
select s
from (
    select distinct s, o, is_iri, lang, type from claim semi join many using (s) where list_contains($paths, p)
)
group by s
having count(*) > $count
