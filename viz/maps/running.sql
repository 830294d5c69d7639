-- How many programmes run at each of the places: recorded for it or for a place in it, one effort counted once.
-- Running as in graph/questions/parts/gap_presence.sql: not proposed, refused, cancelled, suspended or ended; with days
-- asked for, seen at work on one of them.
with asked_days as (
    select greatest($on::date, $from::date) as first_day, least($on::date, $to::date) as last_day
),

wanted as (
    select domain_set.domain_set
    from domain_set
    where $domain is null or domain_set.domain in (
        select concept from concept_within where list_contains($domain::varchar[], ancestor))
    group by domain_set.domain_set
),

running as (
    select distinct engagement.effort_no, engagement.place_set
    from engagement
    cross join asked_days
    where
        engagement.domain_set in (select domain_set from wanted)
        and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
        and case
            when coalesce(status, '') in (
                'status/refused', 'status/proposed', 'status/suspended', 'status/cancelled') then false
            when first_day is null and last_day is null then coalesce(status, '') <> 'status/ended'
            else (first_day is null or to_date >= first_day) and (last_day is null or from_date <= last_day)
        end
)

select place_within.ancestor as place, count(distinct running.effort_no) as programmes
from running
join place_set on place_set.place_set = running.place_set
join place_within on place_within.place = place_set.place
where list_contains($places::varchar[], place_within.ancestor)
group by place_within.ancestor
