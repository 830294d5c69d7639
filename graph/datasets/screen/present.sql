-- Subjects of the target that state none of $paths.
select distinct target.s
from target($classes, $properties, $everything) as target
anti join (select s from claim where list_contains($paths, p)) using (s)
