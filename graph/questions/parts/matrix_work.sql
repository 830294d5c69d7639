-- The engagements that a matrix counts, by what puts them into a row and a column: a set (or an actor), or a code where
-- the side is role or status. Numbers begin above 0 and codes are not empty, so that these stand for there being none.
select
    programme_no, effort_no, participation, actor_no, coalesce(status = 'status/proposed', false) as proposed,
    case $rows
        when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
        when 'target' then target_set when 'actor' then coalesce(actor_no, 0) else 0
    end as down_set,
    case $rows when 'role' then coalesce(role, '') when 'status' then coalesce(status, '') else '' end as down_code,
    case $columns
        when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
        when 'target' then target_set when 'actor' then coalesce(actor_no, 0) else 0
    end as across_set,
    case $columns when 'role' then coalesce(role, '') when 'status' then coalesce(status, '') else '' end as across_code
from asked
where coalesce(status, '') not in ('status/refused', 'status/cancelled')
