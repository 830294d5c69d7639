-- The efforts of an actor and its units, or in a place, what lies in it and the regions that hold it.
select effort_no
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
