-- Every name and identifier of the things of one kind. `use` is label, acronym, alias or the identifier's scheme.
select id, name as text, use from name where starts_with(id, $kind || '/')
union
select id, value as text, scheme as use from identifier where starts_with(id, $kind || '/')
order by id, use, text
