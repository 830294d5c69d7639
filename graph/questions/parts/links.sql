-- The links of each pair of the page in words, with at most 100 of the claims that record them.
with named as (
    select id, min_by(label, dataset) as label
    from (
        select id, label, dataset
        from thing
        where label is not null and id in (
            select who from pair_link union all select what from pair_link union all select whom from pair_link)
        union all
        select id, label, '' from concept
    )
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
