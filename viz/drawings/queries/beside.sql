-- What is linked to $thing: by which kind of link, and how many links each of these things has in all.
select * from (
with beside as (
    select kind, target as other from links where source = $thing and target <> $thing
    union
    select kind, source from links where target = $thing and source <> $thing
),
busy as (
    select node, count(*) as links
    from neighbour
    where node in (select other from beside)
    group by node
)
select beside.kind, beside.other, split_part(beside.other, '/', 1) as other_kind, busy.links
from beside
join busy on busy.node = beside.other
)
order by links desc, other, kind
