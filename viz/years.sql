-- How many programmes are known from one year to another. Where several datasets describe a programme, its period is
-- the widest; one without any day has no year.
with known as (
    select id, year(min(from_date)) as first_year, year(max(to_date)) as last_year
    from programme
    where coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
    group by id
)

select first_year, last_year, count(*) as programmes
from known
group by first_year, last_year
order by first_year, last_year
