-- Observations that hold a count of victims below ten, which is never kept or told: it could lead to a person.
-- Their figures as they may be told: a small one becomes the bound nine, and a small lower bound is left out, or zero
-- where nothing else is stated.
with victim as (
    select concept as target from concept_within where ancestor = 'target/victims'
)

select
    id,
    cast(any_value(value) filter (value >= 10) as decimal(38, 6)) as value,
    cast(
        case when count(value) + count(high) = 0 then 0 else any_value(low) filter (low >= 10) end
    as decimal(38, 6)) as low,
    cast(
        case when bool_or(least(value, high) < 10) then 9 else any_value(high) end
    as decimal(38, 6)) as high
from observation
where
    unit in ('unit/person', 'unit/number')
    and (measure = 'measure/victims' or coalesce(target in (select target from victim), false))
group by id
having bool_or(least(value, low, high) < 10)
order by id
