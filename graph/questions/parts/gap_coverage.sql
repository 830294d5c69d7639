-- Whether a dataset set out to record a place and domain on the days asked for. `complete` where one did so for
-- the whole place and domain; `partial` where it says that it is not complete, or covers only a part of either.
-- A dataset that does not tell what it covers covers nothing: silence is not evidence.
with asked_days as (
    select greatest($on::date, $from::date) as first_day, least($on::date, $to::date) as last_day
)

select
    cell.place,
    cell.domain,
    case
        when bool_or(coverage.complete and gap_place.covered_at <> 'part' and whole.concept is not null)
            then 'complete'
        else 'partial'
    end as coverage
from coverage
cross join asked_days
cross join unnest(coverage.domains) as meant(domain)
join gap_place on gap_place.at = coverage.place
join (select distinct place, domain from gap_leg) as cell on cell.place = gap_place.place
left join concept_within as whole on whole.concept = cell.domain and whole.ancestor = meant.domain
left join concept_within as share on share.concept = meant.domain and share.ancestor = cell.domain
where
    (whole.concept is not null or share.concept is not null)
    and (first_day is null or coverage.ends is null or coverage.ends >= first_day)
    and (last_day is null or coverage.starts is null or coverage.starts <= last_day)
    and ($dataset is null or list_contains($dataset::varchar[], coverage.dataset))
group by cell.place, cell.domain
