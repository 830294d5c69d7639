-- The evidence of claims, without the notes on observations that hold a small count.
select * replace (case when id not in (select id from small) then note end as note)
from claim
