-- The datasets that state anything of the part, with what a reader of the file must know of each. One that only names
-- an actor or a place of it is among them: its name goes out as well.
select
    dataset as name, coalesce(title, dataset) as title, publisher, licence, issued,
    replace(coalesce(handling, 'handling/red'), 'handling/', '') as handling
from dataset_description
where
    $whole
    or list_contains($dataset::varchar[], dataset)
    or dataset in (select dataset from thing where id in (select id from part_thing))
order by dataset
