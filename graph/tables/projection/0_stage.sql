-- The claims of one snapshot as rows (s, p, o), IRIs shortened: actor/unodc, con:actor. All claims about one subject are
-- of one part, of which there are as many as the variable `parts` says.
-- A line of N-Quads is cut by one pattern; literals lose their quotes and escapes, and keep their
-- language (lang) or datatype (type).

create temp macro shortened(iri) as case
    when starts_with(iri, 'https://w3id.org/concert/id/') then substr(iri, 29)
    when starts_with(iri, 'https://w3id.org/concert/ns#') then 'con:' || substr(iri, 29)
    when starts_with(iri, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#') then 'rdf:' || substr(iri, 44)
    when starts_with(iri, 'http://www.w3.org/2000/01/rdf-schema#') then 'rdfs:' || substr(iri, 38)
    when starts_with(iri, 'http://www.w3.org/2004/02/skos/core#') then 'skos:' || substr(iri, 37)
    when starts_with(iri, 'http://purl.org/dc/terms/') then 'dct:' || substr(iri, 26)
    when starts_with(iri, 'http://www.w3.org/2001/XMLSchema#') then 'xsd:' || substr(iri, 34)
    else iri
end;

create temp macro unescaped(literal) as case
    when not contains(literal, '\') then literal
    else replace(replace(replace(replace(replace(replace(
        literal, '\\', chr(1)), '\"', '"'), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), chr(1), '\')
end;

create temp table staged as
select
    shortened(cut.s) as s,
    shortened(cut.p) as p,
    case when cut.iri <> '' then shortened(cut.iri) else unescaped(cut.literal) end as o,
    cut.lang as lang,
    shortened(cut.type) as type,
    cast(hash(cut.s) % getvariable('parts') as usmallint) as part
from (
    select regexp_extract(
        line,
        '^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) <',
        ['s', 'p', 'iri', 'literal', 'lang', 'type']
    ) as cut
    from read_csv(
        getvariable('claims'), columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
        delim = chr(2), quote = '', escape = '', max_line_size = 4194304, compression = 'zstd'
    )
);

-- First and last day that a date of any length can mean.
create temp macro earliest_day(text) as cast(text || substr('-01-01', length(text) - 3) as date);
create temp macro latest_day(text) as case length(text)
    when 4 then cast(text || '-12-31' as date)
    when 7 then last_day(cast(text || '-01' as date))
    else cast(text as date)
end;

-- The values of one property of a thing: the only one, or all of them in order.
create temp macro one(p, o, property) as min(o) filter (p = property);
create temp macro all_of(p, o, property) as coalesce(list_sort(list_distinct(list(o) filter (p = property))), []);

-- Periods, alike in every table:
-- starts, ends          the bounds as stated, null where unknown
-- from_date, to_date    the interval that the questions use: [start or attested, end or attested]
-- attested              true where a bound is only an "active on this date" of the source
create temp macro from_date(p, o) as coalesce(
    earliest_day(one(p, o, 'con:starts')), earliest_day(one(p, o, 'con:activeOn')), earliest_day(one(p, o, 'con:ends')));
create temp macro to_date(p, o) as coalesce(
    latest_day(one(p, o, 'con:ends')), latest_day(one(p, o, 'con:activeOn')), latest_day(one(p, o, 'con:starts')));
create temp macro attested(p, o) as
    one(p, o, 'con:activeOn') is not null and (one(p, o, 'con:starts') is null or one(p, o, 'con:ends') is null);
