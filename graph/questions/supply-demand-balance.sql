/*
title: Supply and demand balance
asks: Is the work done where trafficking begins, where it passes or where it is paid for?
read: >-
  One row a domain. Places have the roles that the recorded flows of the domain give them, and a place may have
  several. A programme counts for the place of a flow that is its own; else for the smallest that its place lies
  in; else for all that lie within it. What counts on both the origin and the destination side is under shared.
  The ratio is destination programmes for one origin programme: below 1 the weight lies on supply, above 1 on
  demand. Proposed, refused, cancelled and suspended programmes do not count, ended ones only where a day or
  period is asked for.
caveat: >-
  Programmes are counted, not weighed: one may be a leaflet and another a ministry. Sources written about a region
  of origin record little of what destination countries do, so the balance shows the sources as much as the world.
example: {domain: drugs}
parts: [work, asked, top_domain]
filters: {domain: domain}
columns:
  domain: {title: Domain, type: domain}
  origin_places: {title: Places of origin, type: place, many: true}
  transit_places: {title: Places of transit, type: place, many: true}
  destination_places: {title: Places of destination, type: place, many: true}
  origin_programmes: {title: Programmes on origin, type: integer}
  transit_programmes: {title: Programmes on transit, type: integer}
  destination_programmes: {title: Programmes on destination, type: integer}
  shared: {title: Shared, type: integer, about: "programmes that count on origin and on destination"}
  origin_actors: {title: Actors on origin, type: integer}
  transit_actors: {title: Actors on transit, type: integer}
  destination_actors: {title: Actors on destination, type: integer}
  ratio: {title: Ratio, type: number, about: "destination programmes for one origin programme; empty without one"}
  destination_without: {title: Destinations without a programme, type: place, many: true}
order: [domain]
*/
with side as (
    select distinct top_domain.top as domain, leg.place, leg.role, leg.id as leg
    from leg
    join flow on flow.id = leg.flow
    cross join unnest(flow.domains) as carried(domain)
    join top_domain on top_domain.domain = carried.domain
    where $dataset is null or list_contains($dataset::varchar[], leg.dataset)
),

running as (
    select distinct top_domain.top as domain, asked.place, asked.programme, asked.participation, asked.actor
    from asked
    join top_domain on top_domain.domain = asked.domain
    where
        asked.status is null
        or asked.status = 'status/active'
        or (asked.status = 'status/ended' and coalesce($on::date, $from::date, $to::date) is not null)
),

size as (
    select ancestor as place, count(*) as places from place_within group by ancestor
),

candidate as (
    select
        done.domain, done.place as done_at, side_place.place,
        case when side_place.place = done.place then 0 when up.ancestor is not null then 1 else 2 end as distance,
        case when up.ancestor is not null then size.places else 0 end as places
    from (select distinct domain, place from running) as done
    join (select distinct domain, place from side) as side_place using (domain)
    left join place_within as up on up.place = done.place and up.ancestor = side_place.place
    left join place_within as down on down.place = side_place.place and down.ancestor = done.place
    left join size on size.place = side_place.place
    where side_place.place = done.place or up.ancestor is not null or down.ancestor is not null
),

nearest as (
    select domain, done_at, place
    from candidate
    qualify rank() over (partition by domain, done_at order by distance, places) = 1
),

counted as (
    select
        side.domain, side.role, side.place, side.leg,
        running.programme, running.participation, running.actor
    from side
    left join nearest on nearest.domain = side.domain and nearest.place = side.place
    left join running on running.domain = side.domain and running.place = nearest.done_at
),

both_sides as (
    select domain, count(*) as shared
    from (
        select domain, programme
        from counted
        where programme is not null and role in ('place-role/origin', 'place-role/destination')
        group by domain, programme
        having count(distinct role) = 2
    )
    group by domain
),

alone as (
    select domain, list_sort(list(place)) as places
    from (
        select domain, place
        from counted
        where role = 'place-role/destination'
        group by domain, place
        having count(programme) = 0
    )
    group by domain
),

summed as (
    select
        domain,
        list(distinct place) filter (role = 'place-role/origin') as origin_places,
        list(distinct place) filter (role = 'place-role/transit') as transit_places,
        list(distinct place) filter (role = 'place-role/destination') as destination_places,
        count(distinct programme) filter (role = 'place-role/origin') as origin_programmes,
        count(distinct programme) filter (role = 'place-role/transit') as transit_programmes,
        count(distinct programme) filter (role = 'place-role/destination') as destination_programmes,
        count(distinct actor) filter (role = 'place-role/origin') as origin_actors,
        count(distinct actor) filter (role = 'place-role/transit') as transit_actors,
        count(distinct actor) filter (role = 'place-role/destination') as destination_actors,
        list(distinct programme) filter (programme is not null) as programmes,
        list(distinct participation) filter (participation is not null) as participations,
        list(distinct leg) as legs
    from counted
    group by domain
)

select
    summed.domain,
    list_sort(coalesce(origin_places, [])) as origin_places,
    list_sort(coalesce(transit_places, [])) as transit_places,
    list_sort(coalesce(destination_places, [])) as destination_places,
    origin_programmes, transit_programmes, destination_programmes,
    coalesce(both_sides.shared, 0) as shared,
    origin_actors, transit_actors, destination_actors,
    round(destination_programmes / nullif(origin_programmes, 0), 3) as ratio,
    coalesce(alone.places, []) as destination_without,
    list_sort(coalesce(programmes, []) || coalesce(participations, []) || legs) as claims
from summed
left join both_sides using (domain)
left join alone using (domain)
