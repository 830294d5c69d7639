-- The presences that the common parameters leave, whoever they are of: what `asked` is, apart from actor and role.
-- For questions that set actors beside one another, where taking one actor out would leave nothing to compare.
-- A place counts with what lies within it and with the regions that hold it; a domain, response or target with
-- everything narrower.
select *
from presence
where
    ($place is null or place in (
        select place from place_within where list_contains($place::varchar[], ancestor)
        union all
        select ancestor from place_within where list_contains($place::varchar[], place)
    ))
    and ($domain is null or domain in (
        select concept from concept_within where list_contains($domain::varchar[], ancestor)))
    and ($response is null or response in (
        select concept from concept_within where list_contains($response::varchar[], ancestor)))
    and ($target is null or target in (
        select concept from concept_within where list_contains($target::varchar[], ancestor)))
    and ($dataset is null or list_contains($dataset::varchar[], dataset))
    and ($on is null or $on::date between from_date and to_date)
    and ($from is null or to_date >= $from::date)
    and ($to is null or from_date <= $to::date)
