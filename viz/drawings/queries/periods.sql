-- When each of the claims $ids held.
select id, min(from_date) as from_date, max(to_date) as to_date
from links
where id in (select unnest($ids::varchar[]))
group by id
