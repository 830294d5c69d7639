-- What stands together in some engagement of a matrix. Where no part that actors take matters, looking through the
-- programmes shows the same: each has an engagement with its own places, domains, responses, targets and status.
select down_set, down_code, across_set, across_code
from matrix_work
where
    'actor' in ($rows, $columns) or 'role' in ($rows, $columns)
    or $actor is not null or $role is not null or $dataset is not null
    or $on is not null or $from is not null or $to is not null
union
select
    case $rows
        when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
        when 'target' then target_set else 0
    end,
    case $rows when 'status' then coalesce(status, '') else '' end,
    case $columns
        when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
        when 'target' then target_set else 0
    end,
    case $columns when 'status' then coalesce(status, '') else '' end
from programme
where
    'actor' not in ($rows, $columns) and 'role' not in ($rows, $columns)
    and $actor is null and $role is null and $dataset is null and $on is null and $from is null and $to is null
    and coalesce(status, '') not in ('status/refused', 'status/cancelled')
    and ($place is null or place_set in (select place_set from place_of))
    and ($domain is null or domain_set in (select domain_set from domain_of))
    and ($response is null or response_set in (select response_set from response_of))
    and ($target is null or target_set in (select target_set from target_of))
