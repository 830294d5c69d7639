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
parts: [place_of, domain_of, response_of, target_of, work, asked, top_domain]
once: [found]
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

ran as materialized (
    select place_set, domain_set, effort_no, actor_no, programme_no, participation
    from asked
    where
        status is null
        or status = 'status/active'
        or (status = 'status/ended' and coalesce($on::date, $from::date, $to::date) is not null)
),

topped as materialized (
    select distinct domain_of.domain_set, top_domain.top as domain
    from domain_of
    join top_domain on top_domain.domain = domain_of.domain
),

done_at as (
    select distinct topped.domain, place_of.place
    from (select distinct place_set, domain_set from ran) as seen
    join topped using (domain_set)
    join place_of using (place_set)
),

size as (
    select ancestor as place, count(*) as places from place_within group by ancestor
),

candidate as (
    select
        done_at.domain, done_at.place as done_at, place_within.ancestor as place,
        case when place_within.depth = 0 then 0 else 1 end as distance,
        case when place_within.depth = 0 then 0 else size.places end as places
    from done_at
    join place_within on place_within.place = done_at.place
    join (select distinct domain, place from side) as side_place
        on side_place.place = place_within.ancestor and side_place.domain = done_at.domain
    join size on size.place = place_within.ancestor
    union all
    select done_at.domain, done_at.place, place_within.place, 2, 0
    from done_at
    join place_within on place_within.ancestor = done_at.place and place_within.depth > 0
    join (select distinct domain, place from side) as side_place
        on side_place.place = place_within.place and side_place.domain = done_at.domain
),

nearest as (
    select domain, done_at, place
    from candidate
    qualify rank() over (partition by domain, done_at order by distance, places) = 1
),

-- The sets of places whose work counts for a place of a flow, and for a side of a domain, each once.
counting as materialized (
    select distinct nearest.domain, nearest.place, place_of.place_set
    from nearest
    join place_of on place_of.place = nearest.done_at
),

set_side as materialized (
    select distinct counting.domain, side.role, counting.place_set
    from counting
    join (select distinct domain, role, place from side) as side
        on side.domain = counting.domain and side.place = counting.place
),

counted as materialized (
    select distinct set_side.domain, set_side.role, ran.effort_no, participant.identity_no
    from ran
    join topped on topped.domain_set = ran.domain_set
    join set_side on set_side.place_set = ran.place_set and set_side.domain = topped.domain
    left join participant on participant.actor_no = ran.actor_no
),

both_sides as (
    select domain, count(*) as shared
    from (
        select domain, effort_no
        from counted
        where role in ('place-role/origin', 'place-role/destination')
        group by domain, effort_no
        having count(distinct role) = 2
    )
    group by domain
),

alone as (
    select domain, list_sort(list(place)) as places
    from (
        select distinct domain, place from side where role = 'place-role/destination'
        except
        select counting.domain, counting.place
        from ran
        join topped on topped.domain_set = ran.domain_set
        join counting on counting.place_set = ran.place_set and counting.domain = topped.domain
    )
    group by domain
),

summed as (
    select
        domain,
        count(distinct effort_no) filter (role = 'place-role/origin') as origin_programmes,
        count(distinct effort_no) filter (role = 'place-role/transit') as transit_programmes,
        count(distinct effort_no) filter (role = 'place-role/destination') as destination_programmes,
        count(distinct identity_no) filter (role = 'place-role/origin') as origin_actors,
        count(distinct identity_no) filter (role = 'place-role/transit') as transit_actors,
        count(distinct identity_no) filter (role = 'place-role/destination') as destination_actors,
        list(distinct effort_no order by effort_no)[:50] as some_efforts
    from counted
    group by domain
),

placed as (
    select
        domain,
        list(distinct place) filter (role = 'place-role/origin') as origin_places,
        list(distinct place) filter (role = 'place-role/transit') as transit_places,
        list(distinct place) filter (role = 'place-role/destination') as destination_places,
        list(distinct leg order by leg) as legs
    from side
    group by domain
)

select
    placed.domain,
    list_sort(coalesce(origin_places, [])) as origin_places,
    list_sort(coalesce(transit_places, [])) as transit_places,
    list_sort(coalesce(destination_places, [])) as destination_places,
    coalesce(origin_programmes, 0) as origin_programmes,
    coalesce(transit_programmes, 0) as transit_programmes,
    coalesce(destination_programmes, 0) as destination_programmes,
    coalesce(both_sides.shared, 0) as shared,
    coalesce(origin_actors, 0) as origin_actors,
    coalesce(transit_actors, 0) as transit_actors,
    coalesce(destination_actors, 0) as destination_actors,
    round(destination_programmes / nullif(origin_programmes, 0), 3) as ratio,
    coalesce(alone.places, []) as destination_without,
    legs, coalesce(some_efforts, []) as some_efforts
from placed
left join summed using (domain)
left join both_sides using (domain)
left join alone using (domain)

-- [page]
with record as (
    select first_effort.row_, coalesce(effort_of.programme_no, first_effort.effort_no) as programme_no
    from (select row_, unnest(some_efforts) as effort_no from page) as first_effort
    left join effort_of using (effort_no)
),
claim as (
    select record.row_, programme.id
    from record
    join programme on programme.programme_no = record.programme_no
    union
    select record.row_, engagement.participation
    from record
    join engagement on engagement.programme_no = record.programme_no
    where engagement.participation is not null
    union
    select row_, unnest(legs[:100]) from page
)
select row_, list_sort(list(id)) as claims from claim group by row_
