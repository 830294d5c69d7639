-- Reports of one figure put together: measure, unit, place, domain, target, period and what it is about.
with victim as (
    select w.concept from concept_within as w join concept as c on c.code = w.ancestor where c.id = 'target/victims'
),
report as (
    select
        o.*, coalesce(low, value) as least, coalesce(high, value) as most,
        unit in (concept_of('unit/person'), concept_of('unit/number'))
            and (measure = concept_of('measure/victims')
                or coalesce(target in (select concept from victim), false)) as of_victims,
        case when measure = concept_of('measure/survey-share') then description end as answer,
        coalesce((
            select list(t.code order by t.code)
            from unnest(o.about) as topic(code)
            join thing as t on t.code = topic.code
            where starts_with(t.id, 'programme/') or starts_with(t.id, 'actor/')
        ), []) as bearing,
        len(claim.attributed_to) as origins, claim.attributed_to
    from observation as o
    left join claim on claim.code = o.code
    where true
        and o.place in (select place from spots($place))  -- if place
)
select
    measure, unit, place, domain, target, bearing as about, starts as from_date, ends as to_date,
    case when of_victims and min(least) < 10 then null else min(least) end as low,
    case when of_victims and max(most) < 10 then null else max(most) end as high,
    count(*) as reports,
    count(distinct [least, most]) filter (least is not null and most is not null) > 1
        or coalesce(max(least) > min(most), false)
        or bool_or(coalesce(least < most and origins > 1, false)) as contested,
    list_distinct(flatten(list(coalesce(attributed_to, [])))) as attributed_to,
    count(*) over () as total
from report
group by measure, unit, place, domain, target, bearing, starts, ends, answer, of_victims
order by place, domain, measure, unit, from_date, to_date, target, about
limit $limit
