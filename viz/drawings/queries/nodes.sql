-- What a picture tells of the things $ids.
select * from (
with described as (
    select id, min(class) as class from thing where id in (select unnest($ids::varchar[])) group by id
),
busy as (
    select node, count(*) as links
    from neighbour
    where node in (select unnest($ids::varchar[]))
    group by node
)
select
    wanted.id, coalesce(label.label, wanted.id) as label, split_part(wanted.id, '/', 1) as kind,
    replace(described.class, 'con:', '') as class, coalesce(busy.links, 0) as links
from (select unnest($ids::varchar[]) as id) as wanted
left join label on label.id = wanted.id
left join described on described.id = wanted.id
left join busy on busy.node = wanted.id
)
order by id
