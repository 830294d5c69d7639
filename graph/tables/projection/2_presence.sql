-- Who does what, where, when and for whom: a row for every combination that a programme and a participation
-- state. Unknown is null, never left out. A programme without a known actor is still a presence.
-- The period is the participation's own where it has one, else the programme's.

create temp macro or_unknown(values_) as case when len(values_) = 0 then [null] else values_ end;

create table presence as
with held as (
    select
        participation.id as participation,
        participation.actor,
        participation.role,
        programme.id as programme,
        programme.status,
        coalesce(participation.from_date, programme.from_date) as from_date,
        coalesce(participation.to_date, programme.to_date) as to_date,
        case when participation.from_date is null then programme.attested else participation.attested end as attested,
        programme.places,
        programme.domains,
        programme.responses,
        programme.targets
    from programme
    left join participation on participation.programme = programme.id
)
select participation, actor, role, programme, place, domain, response, target, status, from_date, to_date, attested
from held
cross join unnest(or_unknown(places)) as p(place)
cross join unnest(or_unknown(domains)) as d(domain)
cross join unnest(or_unknown(responses)) as r(response)
cross join unnest(or_unknown(targets)) as t(target)
order by place, domain, actor, programme;

-- Participations in a programme that another dataset describes; joined when both are seen.
create table participation_elsewhere as
select *
from participation
where programme not in (select id from programme);
