-- Subjects with a value by $paths that is not certainly at most the one of $other.
select one.s
from claim as one
join claim as two using (s)
where list_contains($paths, one.p) and two.p = $other and coalesce(one.number > two.number, true)
