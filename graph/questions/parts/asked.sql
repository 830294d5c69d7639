-- The engagements that the common parameters leave: `work`, of the actors asked for, with their units, and in their roles.
select *
from work
where
    ($actor is null or actor_no in (
        select actor_no
        from participant
        where actor in (select actor from actor_within where list_contains($actor::varchar[], ancestor))))
    and ($role is null or list_contains($role::varchar[], role))
