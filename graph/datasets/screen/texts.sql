-- The values by $paths, in the form that pySHACL sees; each once.
select distinct o from claim where list_contains($paths, p) and verbatim
