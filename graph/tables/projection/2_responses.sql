-- What is done, by whom: programmes and the links between actors, programmes and places.

-- Numbered and kept in 3_engagement.sql.
create or replace temp table stated_programme as
select
    s as id,
    any_value(typed.class) as class,
    one(p, o, 'con:status') as status,
    earliest_day(one(p, o, 'con:starts')) as starts,
    latest_day(one(p, o, 'con:ends')) as ends,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:response') as responses,
    all_of(p, o, 'con:target') as targets,
    one(p, o, 'con:partOf') as parent,
    cast(one(p, o, 'con:budget') as double) as budget,
    one(p, o, 'con:currency') as currency
from triple
join typed on typed.id = triple.s and typed.kind = 'programme'
group by s
order by s;

create table participation as
select
    s as id,
    one(p, o, 'con:actor') as actor,
    one(p, o, 'con:programme') as programme,
    one(p, o, 'con:role') as role,
    earliest_day(one(p, o, 'con:starts')) as starts,
    latest_day(one(p, o, 'con:ends')) as ends,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested
from triple
where s in (select id from typed where kind = 'participation')
group by s
order by s;

create table tie as
select
    s as id,
    one(p, o, 'con:actor') as actor,
    one(p, o, 'con:tieKind') as kind,
    one(p, o, 'con:otherActor') as other,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:place') as places,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'tie')
group by s
order by s;

create table mandate as
select
    s as id,
    one(p, o, 'con:actor') as actor,
    one(p, o, 'con:mandateLevel') as level,
    one(p, o, 'con:domain') as domain,
    one(p, o, 'con:place') as place,
    all_of(p, o, 'con:response') as responses,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'mandate')
group by s
order by s;

create table obstacle as
select
    s as id,
    all_of(p, o, 'con:actor') as actors,
    all_of(p, o, 'con:hinders') as hinders,
    one(p, o, 'con:driver') as driver,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:domain') as domains,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'obstacle')
group by s
order by s;

create table recommendation as
select
    s as id,
    one(p, o, 'rdfs:label') as label,
    all_of(p, o, 'con:proposer') as proposers,
    one(p, o, 'con:madeAt') as made_at,
    all_of(p, o, 'con:addressee') as addressees,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:response') as responses,
    all_of(p, o, 'con:target') as targets,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'recommendation')
group by s
order by s;

create table assessment as
select
    s as id,
    all_of(p, o, 'con:about') as about,
    one(p, o, 'con:rating') as rating,
    all_of(p, o, 'con:assessor') as assessors,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:domain') as domains,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'assessment')
group by s
order by s;

create table instrument as
select
    s as id,
    any_value(typed.class) as class,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:place') as places,
    one(p, o, 'con:partOf') as parent,
    earliest_day(one(p, o, 'con:adoptedOn')) as adopted,
    earliest_day(one(p, o, 'con:inForceOn')) as in_force
from triple
join typed on typed.id = triple.s and typed.kind = 'instrument'
group by s
order by s;

create table commitment as
select
    s as id,
    one(p, o, 'con:actor') as state,
    one(p, o, 'con:instrument') as instrument,
    one(p, o, 'con:action') as action,
    earliest_day(one(p, o, 'con:committedOn')) as committed_on
from triple
where s in (select id from typed where kind = 'commitment')
group by s
order by s;
