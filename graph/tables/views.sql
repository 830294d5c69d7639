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

-- Presences, with those whose participation and programme stand in different datasets.
create view presence as
select * from presence_within_dataset
union all by name
select
    elsewhere.id as participation, elsewhere.actor, elsewhere.role,
    programme.id as programme,
    place, domain, response, target,
    programme.status,
    coalesce(elsewhere.from_date, programme.from_date) as from_date,
    coalesce(elsewhere.to_date, programme.to_date) as to_date,
    case when elsewhere.from_date is null then programme.attested else elsewhere.attested end as attested,
    elsewhere.dataset
from participation_elsewhere as elsewhere
join programme on programme.id = elsewhere.programme
cross join unnest(case when len(programme.places) = 0 then [null] else programme.places end) as p(place)
cross join unnest(case when len(programme.domains) = 0 then [null] else programme.domains end) as d(domain)
cross join unnest(case when len(programme.responses) = 0 then [null] else programme.responses end) as r(response)
cross join unnest(case when len(programme.targets) = 0 then [null] else programme.targets end) as t(target);
