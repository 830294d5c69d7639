-- The drivers that a source names for the place of a leg, a part of it or a region that holds it, for each domain that
-- they speak for.
select
    gap_place.place, concept_within.ancestor as domain,
    list(distinct influence.driver) as drivers,
    list(distinct influence.id) as influences
from influence
cross join unnest(influence.places) as stated(place)
cross join unnest(influence.domains) as meant(domain)
join gap_place on gap_place.at = stated.place
join concept_within on concept_within.concept = meant.domain
where $dataset is null or list_contains($dataset::varchar[], influence.dataset)
group by gap_place.place, concept_within.ancestor
