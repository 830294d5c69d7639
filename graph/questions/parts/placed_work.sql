-- Who leads what: each running effort with each of its leads, whether it is of the kind asked for, and whether it is so
-- at the place asked for. `whole_no` is the topmost larger effort with the same leads, with which a part counts.
with led as (
    select effort_no, identity_no
    from lead
    where $dataset is null and $on is null and $from is null and $to is null
    union all
    select distinct engagement.effort_no, participant.identity_no
    from engagement
    join participant using (actor_no)
    where
        ($dataset is not null or $on is not null or $from is not null or $to is not null)
        and engagement.role in ('role/accountable', 'role/implementing')
        and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
        and ($on is null or $on::date between engagement.from_date and engagement.to_date)
        and ($from is null or engagement.to_date >= $from::date)
        and ($to is null or engagement.from_date <= $to::date)
),
fitting as (
    select
        effort_no,
        ($domain is null or domain_set in (
            select domain_set
            from domain_set
            where domain in (select concept from concept_within where list_contains($domain::varchar[], ancestor))))
        and ($response is null or response_set in (
            select response_set
            from response_set
            where response in (select concept from concept_within where list_contains($response::varchar[], ancestor))))
        and ($target is null or target_set in (
            select target_set
            from target_set
            where target in (select concept from concept_within where list_contains($target::varchar[], ancestor))))
            as of_kind,
        ($place is null or place_set in (
            select place_set from place_set where place in (select place from placed_place))) as at_place
    from running
)
select
    led.identity_no, led.effort_no, coalesce(topmost.whole_no, led.effort_no) as whole_no,
    fitting.of_kind, fitting.of_kind and fitting.at_place as here
from led
join fitting using (effort_no)
left join (select effort_no, max_by(whole_no, depth) as whole_no from larger group by effort_no) as topmost
    using (effort_no)
