-- Every engagement with how it stands on the days asked for.
--   active     a source shows it at work on one of those days; without days, it is not said to be anything else
--   planned    proposed, or stated to begin later
--   ended      stated to have ended, or its stated end is earlier
--   refused    an authority did not permit it
--   uncertain  recorded, but no source shows it at work on those days: seen only earlier or later, or undated
-- Stated bounds tell an end from the last day on which a source looked. What was cancelled is left out.
-- works  in any role but funding and host; pays  in the role funding
with asked_days as (
    select greatest($on::date, $from::date) as first_day, least($on::date, $to::date) as last_day
)

select
    engagement.programme_no, engagement.actor_no, engagement.participation,
    engagement.place_set, engagement.domain_set, engagement.response_set,
    engagement.role is null or engagement.role not in ('role/funding', 'role/host') as works,
    coalesce(engagement.role = 'role/funding', false) as pays,
    case
        when status = 'status/refused' then 'refused'
        when status = 'status/proposed' then 'planned'
        when status = 'status/suspended' then 'ended'
        when first_day is null and last_day is null then case when status = 'status/ended' then 'ended' else 'active' end
        when (first_day is null or to_date >= first_day) and (last_day is null or from_date <= last_day) then 'active'
        when starts > last_day then 'planned'
        when status = 'status/ended' then 'ended'
        when ends < first_day then 'ended'
        else 'uncertain'
    end as state
from engagement
cross join asked_days
where
    (status is null or status <> 'status/cancelled')
    and ($dataset is null or list_contains($dataset::varchar[], dataset))
