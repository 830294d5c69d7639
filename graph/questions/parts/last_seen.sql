-- The latest day on which the visible data see anything begin or run.
select max(case when attested then to_date else from_date end) as day
from engagement
where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
