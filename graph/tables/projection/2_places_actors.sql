-- Where and who.

create table place as
select
    s as id,
    any_value(typed.class) as class,
    cast(one(p, o, 'con:latitude') as double) as latitude,
    cast(one(p, o, 'con:longitude') as double) as longitude
from triple
join typed on typed.id = triple.s and typed.kind = 'place'
group by s
order by s;

create table within as
select s as place, o as container
from triple
where p = 'con:within'
order by all;

create table actor as
select
    s as id,
    any_value(typed.class) as class,
    one(p, o, 'con:partOf') as part_of,
    one(p, o, 'con:ofState') as state,
    one(p, o, 'con:seat') as seat
from triple
join typed on typed.id = triple.s and typed.kind = 'actor'
group by s
order by s;
