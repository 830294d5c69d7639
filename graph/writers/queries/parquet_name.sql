-- Names, without those of observations that hold a small count.
select *
from name
where id not in (select id from small)
