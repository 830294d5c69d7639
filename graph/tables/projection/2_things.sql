-- Everything that the dataset speaks of, its names, identifiers and the evidence behind each claim.
-- id_key is a number made of the id: a few among millions are found by it several times faster than by their text.

create table thing as
select
    typed.id,
    md5_number_lower(typed.id) as id_key,
    any_value(typed.kind) as kind,
    min(typed.class) as class,
    coalesce(one(p, o, 'rdfs:label'), one(p, o, 'dct:title'), one(p, o, 'dct:description')) as label,
    one(p, o, 'dct:description') as description
from typed
join triple on triple.s = typed.id
group by typed.id
order by typed.id;

-- folded_key: a number made of the text as names are compared, without case and accents.
create table name as
select
    s as id, o as name, md5_number_lower(lower(strip_accents(o))) as folded_key, lang,
    case p when 'rdfs:label' then 'label' when 'con:acronym' then 'acronym' else 'alias' end as use
from triple
where p in ('rdfs:label', 'con:acronym', 'skos:altLabel')
order by all;

create table identifier as
select s as id, substr(type, 5) as scheme, o as value, md5_number_lower(lower(strip_accents(o))) as folded_key
from triple
where p = 'skos:notation' and starts_with(type, 'con:')
order by all;

create table claim as
select
    s as id,
    md5_number_lower(s) as id_key,
    one(p, o, 'con:source') as source,
    all_of(p, o, 'con:locator') as locators,
    all_of(p, o, 'con:attributedTo') as attributed_to,
    one(p, o, 'con:confidence') as confidence,
    earliest_day(one(p, o, 'con:statedOn')) as stated_on,
    one(p, o, 'skos:note') as note
from triple
where s in (select id from typed)
    and p in ('con:source', 'con:locator', 'con:attributedTo', 'con:confidence', 'con:statedOn', 'skos:note')
group by s
order by s;

create table source as
select
    s as id,
    one(p, o, 'rdfs:label') as title,
    one(p, o, 'con:publisher') as publisher,
    one(p, o, 'dct:issued') as issued,
    one(p, o, 'dct:bibliographicCitation') as reference,
    one(p, o, 'con:url') as url,
    all_of(p, o, 'con:citedBy') as cited_by
from triple
where s in (select id from typed where kind = 'source')
group by s
order by s;

create table dataset_description as
select
    s as id,
    one(p, o, 'dct:title') as title,
    one(p, o, 'dct:publisher') as publisher,
    one(p, o, 'dct:description') as description,
    one(p, o, 'dct:license') as licence,
    one(p, o, 'con:handling') as handling,
    one(p, o, 'dct:issued') as issued
from triple
where s in (select id from typed where kind = 'dataset')
group by s;

-- What the dataset covers: a row a place and domain. Null where it names none.
create table coverage as
select
    s as id,
    unnest(case when len(all_of(p, o, 'con:place')) = 0 then [null] else all_of(p, o, 'con:place') end) as place,
    all_of(p, o, 'con:domain') as domains,
    earliest_day(one(p, o, 'con:starts')) as starts,
    latest_day(one(p, o, 'con:ends')) as ends,
    one(p, o, 'con:completeness') = 'con:Complete' as complete
from triple
where s in (select id from typed where kind = 'coverage')
group by s;
