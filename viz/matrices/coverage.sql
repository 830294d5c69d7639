-- The places and domains that some dataset set out to record on the days asked for, in whole or in part: each with
-- what lies within it and what it lies within. `named` where the dataset names that very place.
with asked_days as (
    select greatest($on::date, $from::date) as first_day, least($on::date, $to::date) as last_day
)

select distinct spot.place, topic.domain, spot.place = coverage.place as named
from coverage
cross join asked_days
cross join unnest(coverage.domains) as meant(domain)
join (
    select ancestor as given, place from place_within
    union
    select place as given, ancestor as place from place_within
) as spot on spot.given = coverage.place
join (
    select ancestor as given, concept as domain from concept_within
    union
    select concept as given, ancestor as domain from concept_within
) as topic on topic.given = meant.domain
where
    (first_day is null or coverage.ends is null or coverage.ends >= first_day)
    and (last_day is null or coverage.starts is null or coverage.starts <= last_day)
    and ($dataset is null or list_contains($dataset::varchar[], coverage.dataset))
    and spot.place in (select unnest($places::varchar[]) union select place from coverage where $complete)
