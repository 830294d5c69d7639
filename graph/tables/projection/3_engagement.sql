-- Who takes part in what: the facts that the heavy questions scan, in numbers instead of texts.
--
-- A column that ends in _no or _set is a number of this file's own range, which begins after the variable `first`: so
-- several files are read as one without changing a number, and a filter on one reaches into the files.
-- *_set     the places (domains, responses, targets) of a programme. Programmes that state the same ones share a set;
--           a programme that states none has the set whose only member is null, so that unknown is never left out.
-- programme programmes by number: in the order of their places, so that work in one place stands together
-- engagement  a row a participation. Its period is its own where it has one, else the programme's.
-- unattended  the programmes that nobody is known to take part in

create table number_range as select getvariable('first') as first;

create temp macro or_unknown(values_) as case when len(values_) = 0 then [null] else values_ end;

create temp table numbered_places as
select places, getvariable('first') + row_number() over (order by places) as place_set
from (select distinct places from stated_programme);

create temp table numbered_domains as
select domains, getvariable('first') + row_number() over (order by domains) as domain_set
from (select distinct domains from stated_programme);

create temp table numbered_responses as
select responses, getvariable('first') + row_number() over (order by responses) as response_set
from (select distinct responses from stated_programme);

create temp table numbered_targets as
select targets, getvariable('first') + row_number() over (order by targets) as target_set
from (select distinct targets from stated_programme);

create table place_set as
select place_set, unnest(or_unknown(places)) as place from numbered_places order by all;

create table domain_set as
select domain_set, unnest(or_unknown(domains)) as domain from numbered_domains order by all;

create table response_set as
select response_set, unnest(or_unknown(responses)) as response from numbered_responses order by all;

create table target_set as
select target_set, unnest(or_unknown(targets)) as target from numbered_targets order by all;

create table programme as
select
    getvariable('first') + row_number() over (order by place_set, domain_set, id) as programme_no,
    stated_programme.*,
    place_set, domain_set, response_set, target_set
from stated_programme
join numbered_places using (places)
join numbered_domains using (domains)
join numbered_responses using (responses)
join numbered_targets using (targets)
order by programme_no;

create table participant as
select getvariable('first') + row_number() over (order by actor) as actor_no, actor
from (select distinct actor from participation)
order by actor_no;

create table engagement as
select
    programme.programme_no,
    participant.actor_no,
    participation.role,
    programme.status,
    case when participation.from_date is null then programme.starts else participation.starts end as starts,
    case when participation.from_date is null then programme.ends else participation.ends end as ends,
    coalesce(participation.from_date, programme.from_date) as from_date,
    coalesce(participation.to_date, programme.to_date) as to_date,
    case when participation.from_date is null then programme.attested else participation.attested end as attested,
    programme.place_set,
    programme.domain_set,
    programme.response_set,
    programme.target_set,
    participation.id as participation
from programme
join participation on participation.programme = programme.id
join participant on participant.actor = participation.actor
order by programme.programme_no, participant.actor_no, participation.role, participation.id;

create table unattended as
select
    programme_no, status, starts, ends, from_date, to_date, attested, place_set, domain_set, response_set, target_set
from programme
where programme_no not in (select programme_no from engagement)
order by programme_no;

-- Who leads: each actor that implements a programme or answers for it.
create table lead as
select distinct programme_no, actor_no
from engagement
where role in ('role/accountable', 'role/implementing')
order by programme_no, actor_no;

-- Participations in a programme that another dataset describes; joined when both are seen.
create table engagement_elsewhere as
select
    participation.programme, participant.actor_no, participation.role,
    participation.starts, participation.ends, participation.from_date, participation.to_date, participation.attested,
    participation.id as participation
from participation
join participant using (actor)
where participation.programme not in (select id from programme)
order by all;

-- What the statements about programmes and those who take part rest on: how many with the same places and domains come
-- from one source on one day; `claim` is the first of them.
create table evidence as
select
    stated.place_set, stated.domain_set, claim.source, claim.attributed_to, claim.stated_on,
    count(*) as claims,
    min(claim.id) as claim
from (
    select id, place_set, domain_set from programme
    union all
    select participation, place_set, domain_set from engagement
) as stated
join claim on claim.id = stated.id
group by all
order by all;
