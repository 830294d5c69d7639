-- The pairs of pair_apart with their verdict as far as it can be told without looking for links:
-- `coordinated` stands for coordinated or possibly duplicating. See the part `judged` for what each means.
with sets as (
    select distinct a_set, b_set from pair_apart
),
common as (
    select sets.a_set, sets.b_set, x.place
    from sets
    join place_set as x on x.place_set = sets.a_set
    join place_set as y on y.place_set = sets.b_set and y.place = x.place
),
held as (
    select distinct sides.a_set, sides.b_set, place_within.ancestor as place
    from (select a_set, b_set, a_set as one from sets union all select a_set, b_set, b_set from sets) as sides
    join place_set on place_set.place_set = sides.one
    join place_within on place_within.place = place_set.place and place_within.depth > 0
),
finest as (
    select distinct a_set, b_set
    from common
    anti join held using (a_set, b_set, place)
),
target as (
    select distinct no, own, broad from pair_code where kind = 'target'
)
select
    pair_apart.*,
    case
        when x.no is null or y.no is null then 'verdict/undetermined'
        when (x.own & y.broad) = 0 and (x.broad & y.own) = 0 then 'verdict/complementary'
        when finest.a_set is null or (x.own & y.own) = 0 then 'verdict/undetermined'
        else 'verdict/coordinated'
    end as verdict
from pair_apart
left join finest on finest.a_set = pair_apart.a_set and finest.b_set = pair_apart.b_set
left join target as x on x.no = pair_apart.a_target
left join target as y on y.no = pair_apart.b_target
