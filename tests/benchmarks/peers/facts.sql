-- The claims of a world as coded columns, made straight from the N-Triples and sharing nothing with Concert's own
-- tables: every thing is an integer, in the order of the ids. This is what the hand-written queries read.
--   $claims  is the variable `claims`: the file of N-Triples

create temp macro shortened(iri) as replace(replace(replace(iri,
    'https://w3id.org/concert/id/', ''), 'https://w3id.org/concert/ns#', ''), 'http://www.w3.org/2001/XMLSchema#', '');

create temp table raw as
select part.s, part.p, part.iri, part.literal
from (
    select regexp_extract(
        line, '^<([^>]+)> <[^>]*[/#]([^>/#]+)> (?:<([^>]+)>|"(.*)"(?:@[A-Za-z0-9-]+|\^\^<[^>]+>)?) \.$',
        ['s', 'p', 'iri', 'literal']) as part
    from read_csv(getvariable('claims'), columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
        delim = chr(2), quote = '', escape = '', max_line_size = 4194304)
)
where part.p not in ('locator', 'prefLabel', 'altLabel', 'definition', 'publisher', 'title', 'label');

-- Codes, in the order of the ids. IRIs outside of Concert, such as classes, stay text.
create table thing as
select row_number() over (order by id)::integer as code, id
from (
    select distinct substr(iri, 29) as id
    from (select s as iri from raw union all select iri from raw where iri <> '')
    where starts_with(iri, 'https://w3id.org/concert/id/')
)
order by id;

-- edge: claims whose value is a thing; fact: those whose value is a text, a number or a date, and the classes.
create temp table edge as
select s.code as s, raw.p, o.code as o
from raw
join thing as s on s.id = substr(raw.s, 29)
join thing as o on o.id = substr(raw.iri, 29)
where raw.iri <> '' and raw.p <> 'type';

create temp table fact as
select s.code as s, raw.p, case when raw.iri <> '' then shortened(raw.iri) else raw.literal end as o
from raw
join thing as s on s.id = substr(raw.s, 29)
where raw.iri = '' or raw.p = 'type';

create temp table kind as select code, id, split_part(id, '/', 1) as kind from thing;

create temp macro first_day(told) as (told || substr('-01-01', length(told) - 3))::date;
create temp macro last_of(told) as case length(told)
    when 4 then (told || '-12-31')::date when 7 then last_day((told || '-01')::date) else told::date end;

-- Every thing with a class, with the periods that it states and the interval that the questions use.
create temp table typed as
select
    kind.code, kind.id, kind.kind,
    min(o) filter (p = 'type') as class,
    first_day(min(o) filter (p = 'starts')) as starts,
    last_of(min(o) filter (p = 'ends')) as ends,
    coalesce(first_day(min(o) filter (p = 'starts')), first_day(min(o) filter (p = 'activeOn')),
        first_day(min(o) filter (p = 'ends'))) as from_date,
    coalesce(last_of(min(o) filter (p = 'ends')), last_of(min(o) filter (p = 'activeOn')),
        last_of(min(o) filter (p = 'starts'))) as to_date,
    count(*) filter (p = 'activeOn') > 0
        and (count(*) filter (p = 'starts') = 0 or count(*) filter (p = 'ends') = 0) as attested
from fact
join kind on kind.code = fact.s
where p in ('type', 'starts', 'ends', 'activeOn')
group by all;

create macro values_of(asked_kind, property) as table
    select kind.code as s, edge.o from edge join kind on kind.code = edge.s where kind.kind = asked_kind and p = property;

-- Places, codes and actors
create table place as select code, id, class from typed where kind = 'place' order by code;
create table place_within as
with recursive up as (
    select code as place, code as ancestor, 0 as depth from place
    union
    select up.place, w.o, up.depth + 1
    from up join (select * from values_of('place', 'within')) as w on w.s = up.ancestor
)
select place, ancestor, min(depth)::integer as depth from up group by place, ancestor order by ancestor, place;

create table concept as
select distinct kind.code, kind.id, kind.kind as scheme from edge join kind on kind.code = edge.s where p = 'inScheme'
order by kind.code;
create table concept_within as
with recursive up as (
    select code as concept, code as ancestor, 0 as depth from concept
    union
    select up.concept, edge.o, up.depth + 1 from up join edge on edge.s = up.ancestor and edge.p = 'broader'
)
select concept, ancestor, min(depth)::integer as depth from up group by concept, ancestor order by ancestor, concept;
create table top_domain as
select w.concept as domain, w.ancestor as top
from concept_within as w
join concept as c on c.code = w.ancestor and c.scheme = 'domain'
where w.ancestor not in (select concept from concept_within where depth > 0);

create table actor as
select t.code, t.id, t.class, min(p.o) as part_of, min(s.o) as state
from typed as t
left join edge as p on p.s = t.code and p.p = 'partOf'
left join edge as s on s.s = t.code and s.p = 'ofState'
where t.kind = 'actor'
group by all
order by t.code;
create table actor_within as
with recursive up as (
    select code as actor, code as ancestor, 0 as depth from actor
    union
    select up.actor, actor.part_of, up.depth + 1
    from up join actor on actor.code = up.ancestor where actor.part_of is not null
)
select actor, ancestor, min(depth)::integer as depth from up group by actor, ancestor order by ancestor, actor;
-- Actors with the organisations that they belong to as units.
create table house as
with recursive up as (
    select code as actor, code as house from actor
    union
    select up.actor, actor.part_of
    from up join actor on actor.code = up.house and actor.class = 'Unit' and actor.part_of is not null
)
select actor, house from up order by actor, house;

create table tie as
select t.code, a.o as actor, k.o as kind, b.o as other
from typed as t
join edge as a on a.s = t.code and a.p = 'actor'
join edge as b on b.s = t.code and b.p = 'otherActor'
join edge as k on k.s = t.code and k.p = 'tieKind'
where t.kind = 'tie'
order by t.code;

-- Programmes and who takes part
create table programme_place as select s as programme, o as place from values_of('programme', 'place') order by all;
create table programme_domain as select s as programme, o as domain from values_of('programme', 'domain') order by all;
create table programme_response as
select s as programme, o as response from values_of('programme', 'response') order by all;
create table programme_target as select s as programme, o as target from values_of('programme', 'target') order by all;

create table programme as
select
    t.code, t.class, status.id as status, t.starts, t.ends, t.from_date, t.to_date, t.attested,
    parent.o as parent, money.budget, money.currency,
    coalesce(pl.l, []) as places, coalesce(dm.l, []) as domains,
    coalesce(rs.l, []) as responses, coalesce(tg.l, []) as targets
from typed as t
left join (
    select s, kind.id::enum ('status/active', 'status/cancelled', 'status/ended', 'status/proposed', 'status/refused',
        'status/suspended') as id
    from edge join kind on kind.code = edge.o where p = 'status'
) as status on status.s = t.code
left join edge as parent on parent.s = t.code and parent.p = 'partOf'
left join (
    select s, (min(o) filter (p = 'budget'))::double as budget, min(o) filter (p = 'currency') as currency
    from fact where p in ('budget', 'currency') group by s
) as money on money.s = t.code
left join (select programme, list(place order by place) as l from programme_place group by all) as pl
    on pl.programme = t.code
left join (select programme, list(domain order by domain) as l from programme_domain group by all) as dm
    on dm.programme = t.code
left join (select programme, list(response order by response) as l from programme_response group by all) as rs
    on rs.programme = t.code
left join (select programme, list(target order by target) as l from programme_target group by all) as tg
    on tg.programme = t.code
where t.kind = 'programme'
order by t.code;

create table participation as
select t.code, p.o as programme, a.o as actor, r.o as role, t.starts, t.ends, t.from_date, t.to_date, t.attested
from typed as t
join edge as a on a.s = t.code and a.p = 'actor'
join edge as p on p.s = t.code and p.p = 'programme'
join edge as r on r.s = t.code and r.p = 'role'
where t.kind = 'participation'
order by p.o, t.code;

-- Programmes by place and domain, and the same with who takes part: a row each, unknown as null.
create table cell as
select p.code as programme, p.status, pl.place, dm.domain
from programme as p
left join programme_place as pl on pl.programme = p.code
left join programme_domain as dm on dm.programme = p.code
order by pl.place, dm.domain, p.code;

create table work as
select
    pl.place, dm.domain, x.actor, x.role, p.code as programme, p.status, x.code as participation,
    coalesce(x.from_date, p.from_date) as from_date,
    coalesce(x.to_date, p.to_date) as to_date,
    case when x.from_date is null then p.attested else x.attested end as attested,
    coalesce(x.starts, p.starts) as starts,
    coalesce(p.ends = coalesce(x.to_date, p.to_date) or x.ends = coalesce(x.to_date, p.to_date), false) as planned
from programme as p
left join participation as x on x.programme = p.code
left join programme_place as pl on pl.programme = p.code
left join programme_domain as dm on dm.programme = p.code
order by pl.place, dm.domain, x.actor, p.code, x.role;

-- What can be set beside one another: no meetings, nothing refused or cancelled, and somebody leads it.
create table effort as
select p.*, l.leads
from programme as p
join (
    select programme, list(distinct actor order by actor) as leads
    from participation join thing on thing.code = participation.role
    where thing.id in ('role/implementing', 'role/accountable')
    group by programme
) as l on l.programme = p.code
where p.class <> 'Meeting' and (p.status is null or p.status not in ('status/refused', 'status/cancelled'))
order by p.code;

-- What is trafficked, and what is said
create table flow as select code, attested, from_date, to_date from typed where kind = 'flow' order by code;
create table flow_domain as select s as flow, o as domain from values_of('flow', 'domain') order by all;
create table flow_actor as select s as flow, o as actor from values_of('flow', 'carriedBy') order by all;
create table leg as
select t.code, f.o as flow, p.o as place, r.o as role, n.o as next, t.from_date, t.to_date, t.attested
from typed as t
join edge as f on f.s = t.code and f.p = 'flow'
left join edge as p on p.s = t.code and p.p = 'place'
left join edge as r on r.s = t.code and r.p = 'placeRole'
left join edge as n on n.s = t.code and n.p = 'nextPlace'
where t.kind = 'leg'
order by t.code;

create table observation as
select
    t.code, t.starts, t.ends,
    min(e.o) filter (e.p = 'measure') as measure,
    min(e.o) filter (e.p = 'unit') as unit,
    min(e.o) filter (e.p = 'place') as place,
    min(e.o) filter (e.p = 'domain') as domain,
    min(e.o) filter (e.p = 'target') as target,
    coalesce(list(distinct e.o order by e.o) filter (e.p = 'about'), []) as about,
    any_value(v.value) as value, any_value(v.low) as low, any_value(v.high) as high,
    any_value(v.description) as description
from typed as t
join edge as e on e.s = t.code
left join (
    select s, (min(o) filter (p = 'value'))::double as value, (min(o) filter (p = 'low'))::double as low,
        (min(o) filter (p = 'high'))::double as high, min(o) filter (p = 'description') as description
    from fact where p in ('value', 'low', 'high', 'description') group by s
) as v on v.s = t.code
where t.kind = 'observation'
group by t.code, t.starts, t.ends
order by t.code;

create table influence as
select t.code, min(e.o) as driver
from typed as t left join edge as e on e.s = t.code and e.p = 'driver' where t.kind = 'influence' group by t.code
order by t.code;
create table influence_place as select s as influence, o as place from values_of('influence', 'place') order by all;
create table influence_domain as select s as influence, o as domain from values_of('influence', 'domain') order by all;
create table influence_flow as select s as influence, o as flow from values_of('influence', 'flow') order by all;
create table influence_actor as select s as influence, o as actor from values_of('influence', 'actor') order by all;

create table mandate as
select
    t.code, t.from_date, t.to_date, t.attested,
    min(e.o) filter (e.p = 'actor') as actor,
    min(e.o) filter (e.p = 'mandateLevel') as level,
    min(e.o) filter (e.p = 'domain') as domain,
    min(e.o) filter (e.p = 'place') as place,
    coalesce(list(distinct e.o order by e.o) filter (e.p = 'response'), []) as responses
from typed as t join edge as e on e.s = t.code
where t.kind = 'mandate'
group by t.code, t.from_date, t.to_date, t.attested
order by t.code;

-- Statements, obstacles and assessments by place and domain; a statement without a domain is about each.
create table statement as
select t.code, t.class, min(f.o) as description
from typed as t left join fact as f on f.s = t.code and f.p = 'description'
where t.kind = 'statement' group by all order by t.code;
create table statement_place as select s as statement, o as place from values_of('statement', 'place') order by all;
create table statement_domain as select s as statement, o as domain from values_of('statement', 'domain') order by all;
create table judged_place as
select code as claim, o as place from edge join kind on kind.code = edge.s and kind.kind in ('obstacle', 'assessment')
where p = 'place' order by all;
create table judged_domain as
select code as claim, o as domain from edge join kind on kind.code = edge.s and kind.kind in ('obstacle', 'assessment')
where p = 'domain' order by all;
create table advice as
select s as recommendation, o as actor, p = 'proposer' as made from edge where p in ('proposer', 'addressee') order by all;

create table claim as
select t.code, min(src.o) as source, first_day(min(d.o)) as stated_on,
    coalesce(list(distinct att.o order by att.o) filter (att.o is not null), []) as attributed_to
from typed as t
left join edge as src on src.s = t.code and src.p = 'source'
left join fact as d on d.s = t.code and d.p = 'statedOn'
left join edge as att on att.s = t.code and att.p = 'attributedTo'
where t.kind not in ('dataset', 'coverage', 'source', 'place', 'actor')
    and (src.o is not null or d.o is not null or att.o is not null)
group by t.code
order by t.code;
create table source as
select t.code, first_day(min(f.o)) as issued
from typed as t left join fact as f on f.s = t.code and f.p = 'issued'
where t.kind = 'source' group by t.code order by t.code;

-- Treaties
create table instrument as
select t.code, t.class, first_day(min(a.o)) as adopted, first_day(min(i.o)) as in_force
from typed as t
left join fact as a on a.s = t.code and a.p = 'adoptedOn'
left join fact as i on i.s = t.code and i.p = 'inForceOn'
where t.kind = 'instrument' group by all order by t.code;
create table commitment as
select
    t.code,
    min(e.o) filter (e.p = 'actor') as state,
    min(e.o) filter (e.p = 'instrument') as instrument,
    min(e.o) filter (e.p = 'action') as action,
    first_day(any_value(f.o)) as committed_on
from typed as t
join edge as e on e.s = t.code
left join fact as f on f.s = t.code and f.p = 'committedOn'
where t.kind = 'commitment' group by t.code order by t.code;

-- What is expected where, and what the datasets cover
create table expectation as
select
    e.s as code,
    min(e.o) filter (e.p = 'domain') as domain,
    min(e.o) filter (e.p = 'placeRole') as place_role,
    min(e.o) filter (e.p = 'response') as response,
    any_value(f.o::double) as weight
from edge as e
join kind on kind.code = e.s and kind.kind = 'expectation'
left join fact as f on f.s = e.s and f.p = 'weight'
group by e.s;
create table coverage as
select t.code, f.o = 'Complete' as complete, pl.o as place, dm.o as domain
from typed as t
left join (select s, shortened(o) as o from (
    select kind.code as s, raw.iri as o from raw join kind on kind.id = substr(raw.s, 29) where raw.p = 'completeness'
)) as f on f.s = t.code
join edge as pl on pl.s = t.code and pl.p = 'place'
join edge as dm on dm.s = t.code and dm.p = 'domain'
where t.kind = 'coverage';

-- Closures that a careful analyst would keep: a programme with every larger one, and actors that stand together.
create table family as
with recursive up as (
    select code as programme, code as ancestor, 0 as depth from programme
    union
    select up.programme, programme.parent, up.depth + 1
    from up join programme on programme.code = up.ancestor where programme.parent is not null and up.depth < 16
)
select programme, ancestor, max(depth)::integer as depth from up group by all order by all;

create table together as
with tied as (
    select x.actor, y.actor as other
    from tie
    join concept_within as w on w.concept = tie.kind
    join concept as c on c.code = w.ancestor and c.id in (
        'tie-kind/coordinates-with', 'tie-kind/member-of', 'tie-kind/part-of', 'tie-kind/funds',
        'tie-kind/established', 'tie-kind/supports', 'tie-kind/protects')
    join house as x on x.house = tie.actor
    join house as y on y.house = tie.other
    union
    select actor, ancestor from actor_within where depth > 0
    union
    select x.actor, y.actor from house as x join house as y on y.house = x.house and y.actor <> x.house
    where x.actor <> x.house
)
select actor, other from tied where actor <> other
union
select other, actor from tied where actor <> other
order by all;

-- Short ways to say what every query says: a code by its id, the places that speak for one, what is narrower.
create macro code_of(asked) as (select code from thing where id = asked);
create macro spots(asked) as table
    select w.place from place_within as w join place as p on p.code = w.ancestor where p.id = asked
    union
    select w.ancestor from place_within as w join place as p on p.code = w.place where p.id = asked;
create macro narrower(asked) as table
    select w.concept from concept_within as w join concept as c on c.code = w.ancestor where c.id = asked;
create macro units(asked) as table
    select w.actor from actor_within as w join actor as a on a.code = w.ancestor where a.id = asked;
create macro role_of(asked) as (select code from concept where id = 'role/' || asked);
create macro concept_of(asked) as (select code from concept where id = asked);

drop macro table values_of;
