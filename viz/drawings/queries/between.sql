-- The links that touch one of $added, as edges of a picture.
select source, target, kind, id, named, domains, from_date, to_date, directed, 1 as weight, claims
from links
where source in (select unnest($added::varchar[])) or target in (select unnest($added::varchar[]))
order by source, target, id
