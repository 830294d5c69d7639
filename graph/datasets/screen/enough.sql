-- Subjects of the target that do not certainly state $count different values by $paths: IRIs are counted, as two
-- literals that are written differently may be the same.
select distinct target.s
from target($classes, $properties, $everything) as target
anti join (
    select s
    from claim
    where list_contains($paths, p) and is_iri
    group by s
    having count(distinct o) >= $count
) using (s)
