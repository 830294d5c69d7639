-- Lead actors by place and domain with their shares: by budget where all have one in one currency, else by programmes.
with cell as (
    select e.code as programme, pl.place, dm.domain, e.leads, e.currency,
        e.budget / (len(e.places) * len(e.domains)) as budget
    from effort as e
    join programme_place as pl on pl.programme = e.code
    join programme_domain as dm on dm.programme = e.code
    where (e.status is null or e.status <> 'status/proposed')
        and pl.place in (select place from spots($place))  -- if place
),
part as (
    select distinct part.code as programme, pl.place, dm.domain
    from family
    join effort as part on part.code = family.programme
    join effort as whole on whole.code = family.ancestor and whole.leads = part.leads
    join programme_place as pl on pl.programme = whole.code
    join programme_domain as dm on dm.programme = whole.code
    where family.depth > 0 and (whole.status is null or whole.status <> 'status/proposed')
),
held as materialized (
    select cell.* from cell anti join part using (programme, place, domain)
),
measured as (
    select
        place, domain, count(*) as programmes,
        count(budget) = count(*) and count(currency) = count(*) and count(distinct currency) = 1
            and min(budget) >= 0 and sum(budget) > 0 as by_budget
    from held
    group by place, domain
),
led as (
    select held.place, held.domain, lead, any_value(programmes) as programmes, any_value(by_budget) as by_budget,
        sum(case when by_budget then budget else 1 end / leads) as part
    from (select place, domain, budget, len(leads) as leads, unnest(leads) as lead from held) as held
    join measured using (place, domain)
    group by held.place, held.domain, lead
),
share as (
    select *, part / sum(part) over cell as share, count(*) over cell as actors
    from led
    window cell as (partition by place, domain)
)
select
    place, domain, any_value(actors) as actors, list(lead order by lead) as leads, any_value(programmes) as programmes,
    case when any_value(by_budget) then 'budget' else 'programmes' end as share_by,
    round(max(share), 4) as largest_share,
    round(sum(share * share), 4) as hhi,
    round(1 - sum(share * share), 4) as fragmentation,
    round(1 / sum(share * share), 4) as effective_actors,
    round(sum(case when share > 0 then share * ln(actors * share) else 0 end), 4) as theil,
    count(*) over () as total
from share
where actors >= 2
group by place, domain
order by effective_actors desc, actors desc, programmes desc, place, domain
limit $limit
