-- Programmes on places of origin, transit and destination. A place counts for the flow's place that is nearest to it:
-- itself, else the smallest that holds it, else all that it holds.
with side as materialized (
    select distinct t.top as domain, leg.place, leg.role
    from leg join flow_domain as d on d.flow = leg.flow join top_domain as t on t.domain = d.domain
),
running as materialized (
    select distinct t.top as domain, w.place, w.programme, w.actor
    from work as w join top_domain as t on t.domain = w.domain
    where w.place is not null and (w.status is null or w.status = 'status/active')
),
size as (
    select ancestor as place, count(*) as places from place_within group by ancestor
),
candidate as (
    select done.domain, done.place as done_at, side.place,
        case when side.place = done.place then 0 when up.ancestor is not null then 1 else 2 end as distance,
        case when up.ancestor is not null then size.places else 0 end as places
    from (select distinct domain, place from running) as done
    join (select distinct domain, place from side) as side using (domain)
    left join place_within as up on up.place = done.place and up.ancestor = side.place
    left join place_within as down on down.place = side.place and down.ancestor = done.place
    left join size on size.place = side.place
    where up.ancestor is not null or down.ancestor is not null
),
nearest as (
    select domain, done_at, place from candidate
    qualify rank() over (partition by domain, done_at order by distance, places) = 1
),
counted as materialized (
    select side.domain, side.role, side.place, running.programme, running.actor
    from side
    left join nearest on nearest.domain = side.domain and nearest.place = side.place
    left join running on running.domain = side.domain and running.place = nearest.done_at
),
role as (
    select concept_of('place-role/origin') as origin, concept_of('place-role/transit') as transit,
        concept_of('place-role/destination') as destination
),
summed as (
    select
        domain,
        list(distinct place order by place) filter (role = origin) as origin_places,
        list(distinct place order by place) filter (role = transit) as transit_places,
        list(distinct place order by place) filter (role = destination) as destination_places,
        count(distinct programme) filter (role = origin) as origin_programmes,
        count(distinct programme) filter (role = transit) as transit_programmes,
        count(distinct programme) filter (role = destination) as destination_programmes,
        count(distinct actor) filter (role = origin) as origin_actors,
        count(distinct actor) filter (role = transit) as transit_actors,
        count(distinct actor) filter (role = destination) as destination_actors
    from counted cross join role
    group by domain
),
both_sides as (
    select domain, count(*) as shared
    from (
        select domain, programme from counted, role
        where programme is not null and role in (origin, destination)
        group by domain, programme having count(distinct role) = 2
    )
    group by domain
)
select
    domain, coalesce(origin_places, []) as origin_places, coalesce(transit_places, []) as transit_places,
    coalesce(destination_places, []) as destination_places,
    origin_programmes, transit_programmes, destination_programmes, coalesce(shared, 0) as shared,
    origin_actors, transit_actors, destination_actors,
    round(destination_programmes / nullif(origin_programmes, 0), 3) as ratio,
    count(*) over () as total
from summed
left join both_sides using (domain)
order by domain
limit $limit
