-- Every presence that bears on a leg's place and domain, with how it stands on the days asked for.
--   active     a source shows it at work on one of those days; without days, it is not said to be anything else
--   planned    proposed, or stated to begin later
--   ended      stated to have ended, or its stated end is earlier
--   refused    an authority did not permit it
--   uncertain  recorded, but no source shows it at work on those days: seen only earlier or later, or undated
-- What was cancelled is left out, and so is what has no known place or domain.
with asked_days as (
    select greatest($on::date, $from::date) as first_day, least($on::date, $to::date) as last_day
),

-- A programme for drugs at large speaks for heroin, and one for heroin speaks for drugs.
kin as (
    select concept as recorded, ancestor as domain from concept_within
    union
    select ancestor, concept from concept_within
),

-- Stated bounds, which tell an end from the last day on which a source looked. A participation that has a period
-- goes by its own.
own_bounds as (
    select id, min(starts) as starts, max(ends) as ends from participation where from_date is not null group by id
),

programme_bounds as (
    select id, min(starts) as starts, max(ends) as ends from programme group by id
),

near as (
    select distinct
        cell.place, cell.domain, gap_place.covered_at,
        presence.participation, presence.actor, presence.role, presence.programme, presence.response,
        presence.status, presence.from_date, presence.to_date
    from presence
    join gap_place on gap_place.at = presence.place
    join kin on kin.recorded = presence.domain
    join (select distinct place, domain from gap_leg) as cell
        on cell.place = gap_place.place and cell.domain = kin.domain
    where
        (presence.status is null or presence.status <> 'status/cancelled')
        and ($dataset is null or list_contains($dataset::varchar[], presence.dataset))
)

select
    near.* exclude (status, from_date, to_date),
    case
        when near.status = 'status/refused' then 'refused'
        when near.status = 'status/proposed' then 'planned'
        when near.status = 'status/suspended' then 'ended'
        when first_day is null and last_day is null
            then case when near.status = 'status/ended' then 'ended' else 'active' end
        when (first_day is null or near.to_date >= first_day) and (last_day is null or near.from_date <= last_day)
            then 'active'
        when case when own_bounds.id is null then programme_bounds.starts else own_bounds.starts end > last_day
            then 'planned'
        when near.status = 'status/ended' then 'ended'
        when case when own_bounds.id is null then programme_bounds.ends else own_bounds.ends end < first_day
            then 'ended'
        else 'uncertain'
    end as state
from near
cross join asked_days
left join own_bounds on own_bounds.id = near.participation
left join programme_bounds on programme_bounds.id = near.programme
