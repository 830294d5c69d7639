-- In how many efforts of worked_on work is known to have been done in each year. A period that is longer than 200 years
-- is taken for a slip.
select year, cast(sum(efforts) as bigint) as programmes
from (
    select unnest(range(first, last + 1)) as year, efforts
    from (
        select
            cast(year(from_date) as integer) as first, cast(year(to_date) as integer) as last, count(*) as efforts
        from effort
        where
            effort_no in (select effort_no from worked_on)
            and coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
            and year(to_date) - year(from_date) between 0 and 200
        group by all
    )
)
group by year
order by year
