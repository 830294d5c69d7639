-- Programmes and actors by place and domain.
with running as (
    select
        place, domain,
        count(*) filter (status is null or status <> 'status/proposed') as programmes,
        count(*) filter (status = 'status/proposed') as proposed
    from cell
    where (status is null or status not in ('status/refused', 'status/cancelled'))
        and place in (select place from spots($place))  -- if place
    group by place, domain
),
met as (
    select place, domain, count(*) as actors
    from (
        select distinct place, domain, actor
        from work
        where (status is null or status not in ('status/refused', 'status/cancelled')) and actor is not null
            and place in (select place from spots($place))  -- if place
    )
    group by place, domain
)
select
    running.place as down, running.domain as across, running.programmes, running.proposed,
    coalesce(met.actors, 0) as actors, count(*) over () as total
from running
left join met on met.place is not distinct from running.place and met.domain is not distinct from running.domain
order by down, across
limit $limit
