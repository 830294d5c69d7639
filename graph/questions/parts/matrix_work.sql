-- The engagements that a matrix counts. What is neither of its two sides is null, so that it tells nothing apart.
select
    programme_no, effort_no, participation, actor_no as worker_no, coalesce(status = 'status/proposed', false) as proposed,
    case when 'place' in ($rows, $columns) then place_set end as place_set,
    case when 'domain' in ($rows, $columns) then domain_set end as domain_set,
    case when 'response' in ($rows, $columns) then response_set end as response_set,
    case when 'target' in ($rows, $columns) then target_set end as target_set,
    case when 'actor' in ($rows, $columns) then actor_no end as actor_no,
    case when 'role' in ($rows, $columns) then role end as role,
    case when 'status' in ($rows, $columns) then status end as status
from asked
where coalesce(status, '') not in ('status/refused', 'status/cancelled')
