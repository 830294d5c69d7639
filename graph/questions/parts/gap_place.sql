-- Which recorded places (`at`) speak for the place of a leg: itself, a part of it, or a region that holds it.
-- A region also holds another one when every country of that one lies within it: the lists of regions do not say
-- that the Baltics are in the OSCE area, their members do.
with member as (
    select place_within.ancestor as region, place_within.place
    from place_within
    where
        place_within.depth > 0
        and place_within.ancestor in (select place from leg)
        and place_within.place in (select id from place where class = 'con:Country')
),

held as (
    select member.region, place_within.ancestor, count(*) as members
    from member
    join place_within on place_within.place = member.place and place_within.depth > 0
    group by member.region, place_within.ancestor
)

select distinct place, place as at, 'place' as covered_at from leg
union
select ancestor, place, 'part' from place_within
where depth > 0 and ancestor in (select place from leg)
union
select place, ancestor, 'region' from place_within
where depth > 0 and place in (select place from leg)
union
select held.region, held.ancestor, 'region'
from held
join (select region, count(*) as members from member group by region) as whole using (region, members)
where held.ancestor <> held.region
    and not exists (
        select 1 from place_within
        where depth > 0 and place_within.place = held.ancestor and place_within.ancestor = held.region)
