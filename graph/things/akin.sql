-- Of some things those that lie in one another: a place in a larger one, a code under a broader one, a unit in a body.
select place as finer, ancestor as broader
from place_within
where depth > 0
    and place in (select unnest($ids::varchar[])) and ancestor in (select unnest($ids::varchar[]))
union
select concept, ancestor
from concept_within
where depth > 0
    and concept in (select unnest($ids::varchar[])) and ancestor in (select unnest($ids::varchar[]))
union
select actor, ancestor
from actor_within
where depth > 0
    and actor in (select unnest($ids::varchar[])) and ancestor in (select unnest($ids::varchar[]))
order by all
