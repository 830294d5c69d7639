-- The drivers that a source names for the place of a leg, a part of it or a region that holds it, for each domain that they
-- speak for: gap_need says which of them count.
select distinct gap_place.place, concept_within.ancestor as domain, influence.id, influence.driver
from influence
cross join unnest(influence.places) as stated(place)
cross join unnest(influence.domains) as meant(domain)
join gap_place on gap_place.at = stated.place
join concept_within on concept_within.concept = meant.domain
where $dataset is null or list_contains($dataset::varchar[], influence.dataset)
