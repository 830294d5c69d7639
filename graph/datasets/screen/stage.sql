-- The claims of the snapshot $claims, one row each, for the screen.
-- s         MD5 of the subject's IRI as a number: a key of one size, that no two subjects have by chance
-- subject   the subject's IRI, for the properties $looked_into; else null
-- p         IRI of the property
-- o         the IRI, or the text without quotes and escapes
-- is_iri    whether o is an IRI
-- lang      language of the text; null where none
-- type      IRI of the datatype; null where none is written, which is a string
-- verbatim  the text is what pySHACL matches a pattern with: it brings literals of XML Schema into its own form
-- number    the value of a plain decimal or integer that keeps every digit; else null
-- sound     the text certainly fits its datatype; a form that is rarer but right too is left to pySHACL
create table claim as
select
    md5_number(part.s) as s,
    case when list_contains($looked_into, part.p) then part.s end as subject,
    part.p as p,
    case when is_iri then part.iri when not contains(part.literal, '\') then part.literal
        else replace(replace(replace(replace(replace(replace(
            part.literal, '\\', chr(1)), '\"', '"'), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)), chr(1), '\')
    end as o,
    is_iri,
    nullif(part.lang, '') as lang,
    nullif(part.type, '') as type,
    case
        when is_iri then not contains(part.iri, '\')
        when starts_with(part.type, 'http://www.w3.org/') then false
        else not contains(part.literal, chr(1))
            and (not contains(part.literal, '\') or regexp_full_match(part.literal, '(?s)(?:[^\\]|\\["\\nrt])*'))
    end as verbatim,
    case
        when part.type = 'http://www.w3.org/2001/XMLSchema#integer' and contains(part.literal, '.') then null
        when part.type in ('http://www.w3.org/2001/XMLSchema#decimal', 'http://www.w3.org/2001/XMLSchema#integer')
            and regexp_full_match(part.literal, '-?[0-9]{1,18}([.][0-9]{1,18})?')
            then try_cast(part.literal as decimal(38, 18))
    end as number,
    case
        when is_iri then false
        when part.type in ('http://www.w3.org/2001/XMLSchema#decimal', 'http://www.w3.org/2001/XMLSchema#integer')
            then number is not null
        when part.type = 'http://www.w3.org/2001/XMLSchema#date'
            then regexp_full_match(part.literal, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
                and part.literal >= '0001' and try_cast(part.literal as date) is not null
        when part.type = 'http://www.w3.org/2001/XMLSchema#gYearMonth'
            then regexp_full_match(part.literal, '[0-9]{4}-(0[1-9]|1[0-2])') and part.literal >= '0001'
        when part.type = 'http://www.w3.org/2001/XMLSchema#gYear'
            then regexp_full_match(part.literal, '[0-9]{4}') and part.literal >= '0001'
        else not starts_with(part.type, 'http://www.w3.org/')
    end as sound
from (
    select part, part.iri <> '' as is_iri
    from (
        select regexp_extract(
            line,
            '^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?) <[^>]*> [.]$',
            ['s', 'p', 'iri', 'literal', 'lang', 'type']
        ) as part
        from read_csv(
            $claims, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = chr(2), quote = '',
            escape = '', max_line_size = 4194304, compression = 'zstd'
        )
    )
);
