-- The mandates that fit the need. One that names no place counts everywhere, one that names no response for all; one
-- for something broader than what is asked for includes it.
with topic as (
    select concept from concept_within where list_contains($domain::varchar[], ancestor)
    union
    select ancestor from concept_within where list_contains($domain::varchar[], concept)
),
deed as (
    select concept from concept_within where list_contains($response::varchar[], ancestor)
    union
    select ancestor from concept_within where list_contains($response::varchar[], concept)
)
select id, actor, level
from mandate
where
    ($domain is null or domain in (select concept from topic))
    and ($response is null or len(responses) = 0 or list_has_any(responses, (select list(concept) from deed)))
    and ($place is null or place is null or place in (select place from placed_place))
    and ($dataset is null or list_contains($dataset::varchar[], dataset))
    and ($on is null or from_date is null or $on::date between from_date and to_date)
