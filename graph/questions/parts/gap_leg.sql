-- The legs of every flow with what it carries and the domains in which responses are expected of their place: a flow of
-- heroin counts for drugs. Legs are not cut by date: that a route was seen in one year says nothing of its end.
select distinct leg.id as leg, leg.flow, leg.place, leg.role, carried.domain as carried, expected.domain
from leg
join flow on flow.id = leg.flow
cross join unnest(flow.domains) as carried(domain)
join concept_within on concept_within.concept = carried.domain
join (select distinct domain from expectation) as expected on expected.domain = concept_within.ancestor
where $dataset is null or list_contains($dataset::varchar[], leg.dataset)
