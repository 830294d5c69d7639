-- In how many programmes work is known to have been done in each year: those of an actor and its units, or in a place,
-- what lies in it and the regions that hold it. A period that is longer than 200 years is taken for a slip.
with mine as (
    select distinct coalesce(effort_no, programme_no) as effort_no
    from engagement
    where $kind = 'actor' and actor_no in (
        select actor_no
        from participant
        where actor in (select actor from actor_within where ancestor = $thing)
    )
    union
    select effort_no
    from effort
    where $kind = 'place' and place_set in (
        select place_set
        from place_set
        where
            place in (select place from place_within where ancestor = $thing)
            or place in (select ancestor from place_within where place = $thing)
    )
),

dated as (
    select
        cast(year(from_date) as integer) as first, cast(year(to_date) as integer) as last, count(*) as efforts
    from effort
    where
        effort_no in (select effort_no from mine)
        and coalesce(status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
        and year(to_date) - year(from_date) between 0 and 200
    group by all
)

select year, cast(sum(efforts) as bigint) as programmes
from (select unnest(range(first, last + 1)) as year, efforts from dated)
group by year
order by year
