-- The documents that the part rests on.
select
    id, min(title) as title, min(publisher) as publisher, min(issued) as issued, min(url) as url,
    list_sort(list(distinct dataset)) as datasets
from source
where
    $whole
    or id in (select id from part_thing)
    or ($by_dataset and list_contains($dataset::varchar[], dataset))
group by id
order by id
