-- The actors of pair_actors with the organisations that they belong to: the part on houses, for few.
with recursive house as (
    select actor, actor as house, cast([] as varchar[]) as claims
    from (select actor from pair_actors union select other from pair_actors)
    union
    select house.actor, actor.part_of, list_append(house.claims, actor.id)
    from house
    join actor on actor.id = house.house
    where actor.class = 'con:Unit' and actor.part_of is not null and len(house.claims) < 16
)
select * from house
