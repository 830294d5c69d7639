-- The lines of one snapshot that speak of the part: of its things, of what else belongs to its programmes (sums,
-- shares, relations, sectors), and of the dataset itself. In the order of their text, so that equal parts are equal.
with line as (
    select
        line,
        regexp_extract(
            line,
            '^<(?:https://w3id\.org/concert/id/)?([^>]*)> <(?:https://w3id\.org/concert/ns#)?([^>]*)> <(?:https://w3id\.org/concert/id/)?([^>]*)>',
            ['s', 'p', 'o']
        ) as part,
        regexp_extract(line, '^<(?:https://w3id\.org/concert/id/)?([^>]*)>', 1) as subject
    from read_csv(
        $snapshot, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
        delim = chr(2), quote = '', escape = '', max_line_size = 4194304, compression = 'zstd'
    )
),

belonging as (
    select part.s as id from line where part.p = 'programme' and part.o in (select id from part)
    union
    select part.o from line where part.p = 'sector' and part.s in (select id from part)
    union
    select id from part_thing
    union
    select id from merged where kept in (select id from part_thing)  -- claims keep the id that their source uses
)

select line
from line
where
    subject in (select id from belonging)
    or starts_with(subject, 'dataset/')
    or starts_with(subject, 'coverage/')
order by line
