-- The observations of a traffic at the place of a leg or a part of it, for each domain that they speak for: gap_need says
-- which of them count.
select distinct gap_place.place, concept_within.ancestor as domain, observation.id
from observation
join gap_place on gap_place.at = observation.place and gap_place.covered_at <> 'region'
join concept_within on concept_within.concept = observation.domain
where
    observation.measure not in (
        'measure/funding', 'measure/staff', 'measure/liaison-officers', 'measure/participants',
        'measure/weapons-collected', 'measure/weapons-destroyed')
    and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
