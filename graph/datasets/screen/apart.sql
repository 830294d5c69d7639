-- Subjects with a value by $paths that is also one of $other, or may be: two numbers written differently are equal.
select one.s
from claim as one
join claim as two using (s)
where list_contains($paths, one.p)
    and two.p = $other
    and (one.o = two.o or not (one.is_iri or two.is_iri or (one.verbatim and two.verbatim)))
