-- Subjects of the target without a value by $paths that is one of $ends.
select distinct target.s
from target($classes, $properties, $everything) as target
anti join (select s from claim where list_contains($paths, p) and is_iri and list_contains($ends, o)) using (s)
