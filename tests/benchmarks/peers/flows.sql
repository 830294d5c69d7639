-- Legs in the order of the longest route through them.
with recursive step as (
    select distinct flow, place, next from leg where next is not null
),
head as (
    select distinct flow, place from leg where (flow, place) not in (select flow, next from step)
),
start as (
    select flow, place from head
    union
    select flow, min(place) from leg where flow not in (select flow from head) group by flow
),
walked as (
    select flow, [place] as route, place as at from start
    union all
    select walked.flow, list_append(walked.route, step.next), step.next
    from walked
    join step on step.flow = walked.flow and step.place = walked.at
    where not list_contains(walked.route, step.next) and len(walked.route) < 16
),
whole as (
    select flow, route from walked
    where len(route) > 1 and not exists (
        select 1 from step
        where step.flow = walked.flow and step.place = walked.at and not list_contains(walked.route, step.next))
),
placed as (
    select flow, place, max(position) as position
    from (select flow, unnest(route) as place, generate_subscripts(route, 1) as position from whole)
    group by flow, place
)
select
    flow.code as flow, (select list(domain order by domain) from flow_domain as d where d.flow = flow.code) as domains,
    placed.position, leg.place, leg.role, leg.next,
    coalesce((select list(actor order by actor) from flow_actor as a where a.flow = flow.code), []) as actors,
    coalesce(leg.from_date, flow.from_date) as from_date, coalesce(leg.to_date, flow.to_date) as to_date,
    case when leg.from_date is null then flow.attested else leg.attested end as attested,
    count(*) over () as total
from flow
left join leg on leg.flow = flow.code
left join placed on placed.flow = leg.flow and placed.place = leg.place
where true
    and flow.code in (select flow from flow_domain where domain in (select concept from narrower($domain)))  -- if domain
order by flow.code, placed.position nulls last, leg.place, leg.role, leg.next
limit $limit
