-- One row a piece of evidence apart from programmes: which subject, which of the broadest domains, which claim.
with leg_domain as materialized (
    select distinct leg.id as leg, leg.flow, leg.place, leg.next, top_domain.top as domain
    from leg
    join flow on flow.id = leg.flow
    cross join unnest(flow.domains) as carried(domain)
    join top_domain on top_domain.domain = carried.domain
    where $dataset is null or list_contains($dataset::varchar[], leg.dataset)
),
pressed as materialized (
    select distinct influence.id, influence.driver, influence.places, influence.actors, top_domain.top as domain
    from influence
    cross join unnest(influence.domains) as meant(domain)
    join top_domain on top_domain.domain = meant.domain
    where $dataset is null or list_contains($dataset::varchar[], influence.dataset)
)
select 'place' as kind, place as subject, null::varchar as other, domain, leg as claim,
    flow, null::varchar as driver, place, null::varchar as side
from leg_domain
union all
select 'place', stated.place, null, domain, id, null, driver, stated.place, null
from pressed cross join unnest(places) as stated(place)
union all
select 'place', observation.place, null, top_domain.top, observation.id, null, null, observation.place, null
from observation
join top_domain on top_domain.domain = observation.domain
where observation.place is not null
    and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
union all
select 'leg', least(leg_domain.place, next), greatest(leg_domain.place, next), domain, leg, flow, null, tip.place, null
from leg_domain
cross join unnest([leg_domain.place, next]) as tip(place)
where next is not null
union all
select 'actor', carrier.actor, null, top_domain.top, flow.id, flow.id, null, null, 'carries'
from flow
cross join unnest(flow.actors) as carrier(actor)
cross join unnest(flow.domains) as carried(domain)
join top_domain on top_domain.domain = carried.domain
where $dataset is null or list_contains($dataset::varchar[], flow.dataset)
union all
select 'actor', driven.actor, null, domain, id, null, driver, null, null
from pressed cross join unnest(actors) as driven(actor)
union all
select 'actor', mandate.actor, null, top_domain.top, mandate.id, null, null, mandate.place, 'responds'
from mandate
join top_domain on top_domain.domain = mandate.domain
where $dataset is null or list_contains($dataset::varchar[], mandate.dataset)
