-- The observations of a traffic at the place of a leg or a part of it, for each domain that they speak for.
select gap_place.place, concept_within.ancestor as domain, list(distinct observation.id) as figures
from observation
join gap_place on gap_place.at = observation.place and gap_place.covered_at <> 'region'
join concept_within on concept_within.concept = observation.domain
where
    observation.measure not in (
        'measure/funding', 'measure/staff', 'measure/liaison-officers', 'measure/participants',
        'measure/weapons-collected', 'measure/weapons-destroyed')
    and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
group by gap_place.place, concept_within.ancestor
