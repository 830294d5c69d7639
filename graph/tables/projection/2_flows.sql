-- What is trafficked, along which legs, why, how much, and what is said of it.

create table flow as
select
    s as id,
    any_value(typed.class) as class,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:carriedBy') as actors,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    one(p, o, 'dct:description') as description
from triple
join typed on typed.id = triple.s and typed.kind = 'flow'
group by s
order by s;

create table leg as
select
    s as id,
    one(p, o, 'con:flow') as flow,
    one(p, o, 'con:place') as place,
    one(p, o, 'con:placeRole') as role,
    one(p, o, 'con:nextPlace') as next,
    from_date(p, o) as from_date,
    to_date(p, o) as to_date,
    attested(p, o) as attested,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'leg')
group by s
order by s;

create table observation as
select
    s as id,
    all_of(p, o, 'con:about') as about,
    one(p, o, 'con:measure') as measure,
    one(p, o, 'con:unit') as unit,
    cast(one(p, o, 'con:value') as double) as value,
    cast(one(p, o, 'con:low') as double) as low,
    cast(one(p, o, 'con:high') as double) as high,
    one(p, o, 'con:place') as place,
    one(p, o, 'con:domain') as domain,
    one(p, o, 'con:target') as target,
    earliest_day(one(p, o, 'con:starts')) as starts,
    latest_day(one(p, o, 'con:ends')) as ends,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'observation')
group by s
order by s;

create table influence as
select
    s as id,
    one(p, o, 'con:driver') as driver,
    all_of(p, o, 'con:domain') as domains,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:flow') as flows,
    all_of(p, o, 'con:actor') as actors,
    one(p, o, 'dct:description') as description
from triple
where s in (select id from typed where kind = 'influence')
group by s
order by s;

create table statement as
select
    s as id,
    any_value(typed.class) as class,
    all_of(p, o, 'con:about') as about,
    all_of(p, o, 'con:speaker') as speakers,
    all_of(p, o, 'con:denies') as denies,
    all_of(p, o, 'con:place') as places,
    all_of(p, o, 'con:domain') as domains,
    one(p, o, 'dct:description') as description
from triple
join typed on typed.id = triple.s and typed.kind = 'statement'
group by s
order by s;
