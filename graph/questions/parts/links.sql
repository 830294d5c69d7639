-- The links of each pair of the page in words, with at most 100 of the claims that record them.
with told as materialized (
    select who as id from pair_link where who is not null
    union
    select what from pair_link where what is not null
    union
    select whom from pair_link where whom is not null
),
keyed as materialized (
    select id, label, dataset from thing where id_key in (select md5_number_lower(id) from told)
),
named as (
    select id, min_by(label, dataset) as label
    from (
        select id, label, dataset from keyed where label is not null
        union all
        select id, label, '' from concept
    )
    where id in (select id from told)
    group by id
)
select
    pair_link.a_no, pair_link.b_no,
    list_sort(list(distinct pair_link.how || ': ' || coalesce(who.label, pair_link.who)
        || coalesce(' – ' || lower(coalesce(what.label, pair_link.what)), '')
        || coalesce(' – ' || coalesce(whom.label, pair_link.whom), ''))) as links,
    list_sort(list_distinct(flatten(list(pair_link.claims))))[:100] as claims
from pair_link
left join named as who on who.id = pair_link.who
left join named as what on what.id = pair_link.what
left join named as whom on whom.id = pair_link.whom
group by pair_link.a_no, pair_link.b_no
