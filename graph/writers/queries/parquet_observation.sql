-- Observations as they may be told: what `small` holds has the bounds that it leaves, and no words.
select
    observation.* replace (
        case when small.id is null then observation.value else small.value end as value,
        case when small.id is null then observation.low else small.low end as low,
        case when small.id is null then observation.high else small.high end as high,
        case when small.id is null then observation.description end as description
    )
from observation
left join small on small.id = observation.id
