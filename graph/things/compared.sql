-- What is recorded of some programmes, a row a programme: each field over all the records that bear its id.
-- `told_as` are the ids of other records that tell of the same effort.
with record as (
    select *
    from programme
    where id in (select unnest($ids::varchar[]))
),

taking_part as (
    select programme, actor, role, list_sort(list(distinct id)) as claims
    from participation
    where programme in (select unnest($ids::varchar[])) and actor is not null
    group by programme, actor, role
),

engaged as (
    select
        programme,
        list({'actor': actor, 'role': role, 'claims': claims} order by role, actor) as actors
    from taking_part
    group by programme
),

effort as (
    select distinct record.id, other.id as told_as
    from record
    join effort_of as mine on mine.programme_no = record.programme_no
    join effort_of as theirs on theirs.effort_no = mine.effort_no
    join programme as other on other.programme_no = theirs.programme_no
    where other.id <> record.id
),

keyed as materialized (
    select * from thing where id_key in (select md5_number_lower(unnest($ids::varchar[])))
),

described as (
    select id, min_by(description, dataset) as description
    from keyed
    where id in (select unnest($ids::varchar[])) and description is not null
    group by id
)

select
    record.id,
    min(record.class) as class,
    any_value(described.description) as description,
    list_sort(list(distinct record.dataset)) as datasets,
    list_sort(coalesce(list(distinct record.status) filter (record.status is not null), [])) as statuses,
    list_sort(coalesce(list(distinct record.parent) filter (record.parent is not null), [])) as parents,
    min(record.starts) as starts,
    max(record.ends) as ends,
    min(record.from_date) as from_date,
    max(record.to_date) as to_date,
    list_sort(list_distinct(flatten(list(record.places)))) as places,
    list_sort(list_distinct(flatten(list(record.domains)))) as domains,
    list_sort(list_distinct(flatten(list(record.responses)))) as responses,
    list_sort(list_distinct(flatten(list(record.targets)))) as targets,
    coalesce(
        list(distinct {'sum': record.budget, 'currency': record.currency}) filter (record.budget is not null), []
    ) as budgets,
    coalesce(any_value(engaged.actors), []) as actors,
    list_sort(coalesce(
        (select list(effort.told_as) from effort where effort.id = record.id), []
    )) as told_as
from record
left join engaged on engaged.programme = record.id
left join described on described.id = record.id
group by record.id
order by record.id
