-- The actors that merging has to look at: those that share what may be an identifier, and those that were judged. Each
-- with its class, its identifiers as they are stated, and all that it is part of. The key only narrows them down: whether
-- two identifiers agree is decided in identifiers.py, where an XM-DAC code and a CRS channel may be one.
with recursive keyed as (
    select id, regexp_replace(upper(trim(regexp_replace(value, '\s+', ' ', 'g'))), '^XM-DAC-', '') as key
    from identifier
    where starts_with(id, 'actor/')
),

shared as (
    select key from keyed group by key having count(distinct id) > 1
),

wanted as (
    select id from keyed where key in (select key from shared)
    union
    select unnest($judged::varchar[])
),

above as (
    select actor.id, actor.part_of as whole, 1 as depth
    from actor
    where actor.part_of is not null and actor.id in (select id from wanted)
    union
    select above.id, actor.part_of, above.depth + 1
    from above
    join actor on actor.id = above.whole
    where actor.part_of is not null and above.depth < 16
)

select acting.id, acting.class, numbered.identifiers, wholes.part_of
from (select id, min(class) as class from actor where id in (select id from wanted) group by id) as acting
left join (
    select id, list_sort(list(distinct {'scheme': scheme, 'value': value})) as identifiers
    from identifier
    where id in (select id from wanted)
    group by id
) as numbered on numbered.id = acting.id
left join (
    select id, list_sort(list(distinct whole)) as part_of
    from above
    group by id
) as wholes on wholes.id = acting.id
order by acting.id
