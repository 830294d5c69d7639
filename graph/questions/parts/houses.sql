-- Every actor with the organisation that it belongs to: itself, and for a unit each organisation above it, with the
-- claims that say so. An agency isn't taken for its State, nor an international organisation for the one over it.
with recursive house as (
    select distinct id as actor, id as house, cast([] as varchar[]) as claims from actor
    union
    select house.actor, actor.part_of, list_append(house.claims, actor.id)
    from house
    join actor on actor.id = house.house
    where actor.class = 'con:Unit' and actor.part_of is not null and len(house.claims) < 16
)
select * from house
