-- The reports of one thing together. Contested: two reports give different figures, one gives a bound that another
-- breaks, or one gives a range that is itself put together from several sources.
with attributed as (
    select id, list_distinct(flatten(list(attributed_to))) as attributed_to
    from claim
    where id in (select id from report)
    group by id
),

reported as (
    select report.*, coalesce(attributed.attributed_to, []) as attributed_to
    from report
    left join attributed using (id)
)

select
    measure, unit, place, domain, target, starts, ends, about,
    case when of_victims and min(least) < 10 then null else min(least) end as low,
    case when of_victims and max(most) < 10 then null else max(most) end as high,
    list(shown order by least nulls last, most nulls last, shown) as shown,
    count(*) as reports,
    count(distinct [least, most]) filter (least is not null and most is not null) > 1
        or coalesce(max(least) > min(most), false)
        or bool_or(coalesce(least < most, false) and len(attributed_to) > 1) as contested,
    bool_or(small) as small,
    list_sort(list(distinct description) filter (description is not null)) as descriptions,
    list_sort(list_distinct(flatten(list(attributed_to)))) as attributed_to,
    list_sort(list(id)) as ids
from reported
group by measure, unit, place, domain, target, starts, ends, about, answer, of_victims
