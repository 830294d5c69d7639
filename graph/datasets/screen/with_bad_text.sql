-- Subjects with a value by $paths that was found bad, or that pySHACL may see in another form than the claim has it.
select s from claim where list_contains($paths, p) and (not verbatim or o in (select o from bad))
