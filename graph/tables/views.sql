-- What a reader of several datasets sees besides the plain union of their tables.

-- One label an id, of whatever kind; where datasets differ, the first by name.
create view label as
select id, min_by(label, dataset) as label
from (
    select id, label, dataset from thing where label is not null
    union all
    select id, label, '' as dataset from ontology.concept
)
group by id;

-- Every place with each place that holds it, however far out; itself at depth 0.
create table place_within as
with recursive reached as (
    select distinct id as place, id as ancestor, 0 as depth from place
    union
    select reached.place, within.container, reached.depth + 1
    from reached
    join within on within.place = reached.ancestor
    where reached.depth < 16
)
select place, ancestor, min(depth) as depth
from reached
group by place, ancestor
order by ancestor, depth, place;

-- A number for each place, in order of the ids.
create table place_number as
select place, row_number() over (order by place) as place_no
from (select distinct place from place_within);

-- Those who take part: each has a number a dataset (actor_no) and one in all (identity_no), in order of the ids.
create table participant as
select actor_no, actor, dense_rank() over (order by actor) as identity_no
from participant_stated
order by actor_no;

-- Every actor with each actor that it is part of; itself at depth 0.
create table actor_within as
with recursive reached as (
    select distinct id as actor, id as ancestor, 0 as depth from actor
    union
    select reached.actor, actor.part_of, reached.depth + 1
    from reached
    join actor on actor.id = reached.ancestor
    where actor.part_of is not null and reached.depth < 16
)
select actor, ancestor, min(depth) as depth
from reached
group by actor, ancestor
order by ancestor, depth, actor;

create view concept as select * from ontology.concept;
create view concept_within as select * from ontology.concept_within;
create view expectation as select * from ontology.expectation;

-- Records of one effort: a programme that several datasets describe, and records that identifiers or a person's
-- judgement say are one. Only records that have others beside them are here; an effort goes by its first record.
create table effort_of as
with recursive linked as (
    select programme_no, min(programme_no) over (partition by id) as other
    from programme
    where id in (select id from programme group by id having count(*) > 1)
    union all
    select one.programme_no, two.programme_no
    from double_report
    join programme as one on one.id = double_report.a
    join programme as two on two.id = double_report.b
    where double_report.decided
),

reached as (
    select programme_no, programme_no as other from linked
    union
    select other, other from linked
    union
    select reached.programme_no, step.other
    from reached
    join (
        select programme_no, other from linked
        union all
        select other, programme_no from linked
    ) as step on step.programme_no = reached.other
)

select reached.programme_no, min_by(reached.other, (programme.dataset, programme.id)) as effort_no
from reached
join programme on programme.programme_no = reached.other
group by reached.programme_no
order by reached.programme_no;

-- What such records say of their effort together: every place, domain, response and target, the widest period.
create table effort_together as
select
    effort_of.effort_no,
    min_by(programme.class, programme.dataset) as class,
    min_by(programme.status, programme.dataset) as status,
    list_sort(list_distinct(flatten(list(programme.places)))) as places,
    list_sort(list_distinct(flatten(list(programme.domains)))) as domains,
    list_sort(list_distinct(flatten(list(programme.responses)))) as responses,
    list_sort(list_distinct(flatten(list(programme.targets)))) as targets,
    min_by(programme.budget, programme.dataset) as budget,
    min_by(programme.currency, programme.dataset) as currency,
    min(programme.starts) as starts,
    max(programme.ends) as ends,
    min(programme.from_date) as from_date,
    max(programme.to_date) as to_date,
    bool_or(programme.attested) as attested,
    row_number() over (order by effort_of.effort_no) as set_no
from effort_of
join programme using (programme_no)
group by effort_of.effort_no
order by effort_of.effort_no;

-- The sets of a file have numbers of that file's range; those of efforts put together are numbered below all of them.
create view place_set as
select place_set, place from place_set_stated
union all
select set_no, unnest(case when len(places) = 0 then [null] else places end) from effort_together;

create table domain_set as
select domain_set, domain from domain_set_stated
union all
select set_no, unnest(case when len(domains) = 0 then [null] else domains end) from effort_together
order by all;

create table response_set as
select response_set, response from response_set_stated
union all
select set_no, unnest(case when len(responses) = 0 then [null] else responses end) from effort_together
order by all;

create table target_set as
select target_set, target from target_set_stated
union all
select set_no, unnest(case when len(targets) = 0 then [null] else targets end) from effort_together
order by all;

create table effort_shared as
select
    effort_together.effort_no, programme.id as programme, effort_together.class, effort_together.status,
    set_no as place_set, set_no as domain_set, set_no as response_set, set_no as target_set,
    effort_together.budget, effort_together.currency, effort_together.starts, effort_together.ends,
    effort_together.from_date, effort_together.to_date, effort_together.attested
from effort_together
join programme on programme.programme_no = effort_together.effort_no
order by effort_together.effort_no;

-- Every effort once, however many records it has. `programme` is the record that it goes by.
create view effort as
select
    programme_no as effort_no, id as programme, class, status, place_set, domain_set, response_set, target_set,
    budget, currency, starts, ends, from_date, to_date, attested
from programme
anti join effort_of using (programme_no)
union all
select * from effort_shared;

-- Participations that stand in another dataset than their programme.
create table engagement_across as
select
    programme.programme_no, elsewhere.actor_no, elsewhere.role, programme.status,
    case when elsewhere.from_date is null then programme.starts else elsewhere.starts end as starts,
    case when elsewhere.from_date is null then programme.ends else elsewhere.ends end as ends,
    coalesce(elsewhere.from_date, programme.from_date) as from_date,
    coalesce(elsewhere.to_date, programme.to_date) as to_date,
    case when elsewhere.from_date is null then programme.attested else elsewhere.attested end as attested,
    programme.place_set, programme.domain_set, programme.response_set, programme.target_set,
    elsewhere.participation, elsewhere.dataset
from engagement_elsewhere as elsewhere
join programme on programme.id = elsewhere.programme
order by programme.programme_no, elsewhere.participation;

-- Who takes part in what. An effort that several records tell of has one effort_no.
create view engagement as
select engaged.*, coalesce(effort_of.effort_no, engaged.programme_no) as effort_no
from (
    select * from engagement_stated
    union all by name
    select * from unattended anti join engagement_across using (programme_no)
    union all by name
    select * from engagement_across
) as engaged
left join effort_of on effort_of.programme_no = engaged.programme_no;

-- Programmes of which one file does not tell all leads, or tells one actor under two names.
create table led_elsewhere as
select programme_no from effort_of
union
select programme_no from engagement_across
union
select lead_stated.programme_no
from lead_stated
join participant using (actor_no)
where participant.identity_no in (select identity_no from participant group by identity_no having count(*) > 1)
group by lead_stated.programme_no, participant.identity_no
having count(*) > 1;

-- Who leads an effort: each actor that implements it or answers for it, in any of its records.
create view lead as
select lead_stated.programme_no as effort_no, participant.identity_no
from lead_stated
join participant using (actor_no)
where lead_stated.programme_no not in (select programme_no from led_elsewhere)
union all
select distinct engagement.effort_no, participant.identity_no
from engagement
join participant on participant.actor_no = engagement.actor_no
where engagement.role in ('role/accountable', 'role/implementing')
    and engagement.programme_no in (select programme_no from led_elsewhere);

-- Efforts that came about, as far as is known: not proposed, refused or cancelled. A meeting is left out because its
-- place is only where people sat down.
create view running as
select *
from effort
where
    class <> 'con:Meeting'
    and coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled');

-- Each running effort that is a part of a larger one with the same leads, beside every such larger one and how far up
-- it is: what counts efforts counts the part with its whole.
create table larger as
with recursive step as (
    select
        coalesce(one.effort_no, programme.programme_no) as effort_no,
        coalesce(two.effort_no, whole.programme_no) as whole_no
    from programme
    join programme as whole on whole.id = programme.parent
    left join effort_of as one on one.programme_no = programme.programme_no
    left join effort_of as two on two.programme_no = whole.programme_no
    where programme.parent is not null
),
up as (
    select effort_no, whole_no, 1 as depth from step
    union
    select up.effort_no, step.whole_no, up.depth + 1
    from up
    join step on step.effort_no = up.whole_no
    where up.depth < 16
),
led as materialized (
    select effort_no, list_sort(list(identity_no)) as leads
    from lead
    where effort_no in (select effort_no from up union select whole_no from up)
        and effort_no in (select effort_no from running)
    group by effort_no
),
pair as materialized (
    select effort_no, whole_no, max(depth) as depth from up where effort_no <> whole_no group by effort_no, whole_no
)
select pair.effort_no, pair.whole_no, pair.depth
from pair
join led as part on part.effort_no = pair.effort_no
join led as whole on whole.effort_no = pair.whole_no
where part.leads = whole.leads
order by all;

-- The same in words, a row for every combination that a programme and a participation state. Unknown is null.
create view presence as
select
    engagement.participation, participant.actor, engagement.role,
    programme.id as programme, place, domain, response, target,
    engagement.status, engagement.from_date, engagement.to_date, engagement.attested, engagement.dataset
from engagement
join programme on programme.programme_no = engagement.programme_no
join place_set on place_set.place_set = engagement.place_set
join domain_set on domain_set.domain_set = engagement.domain_set
join response_set on response_set.response_set = engagement.response_set
join target_set on target_set.target_set = engagement.target_set
left join participant on participant.actor_no = engagement.actor_no;
