-- Things, without the words of observations that hold a small count.
select * replace (
    case when id not in (select id from small) then label end as label,
    case when id not in (select id from small) then description end as description
)
from thing
