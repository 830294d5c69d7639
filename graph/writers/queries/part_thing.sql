-- Everything that belongs to the programmes of the part: who takes part in them, what these are part of, the ties
-- among them and their mandates, the places and what holds them, what is observed and judged of the programmes,
-- the programmes that they are parts of, and the documents that all of this rests on.
create temp table part_thing as
with recursive whole as (
    select id from part
    union
    select programme.parent
    from whole
    join programme on programme.id = whole.id
    where programme.parent is not null
),

taking as (
    select id, actor from participation where programme in (select id from part)
),

body as (
    select distinct ancestor as id from actor_within where actor in (select actor from taking)
),

spot as (
    select unnest(places) as id from programme where id in (select id from part)
    union
    select seat from actor where id in (select id from body)
    union
    select state from actor where id in (select id from body)
),

stated as (
    select id from whole
    union
    select id from taking
    union
    select id from body
    union
    select ancestor from place_within where place in (select id from spot)
    union
    select id from tie where actor in (select id from body) and other in (select id from body)
    union
    select id from mandate where actor in (select id from body)
    union
    select id from (select id, unnest(about) as thing from observation) where thing in (select id from part)
    union
    select id from (select id, unnest(about) as thing from assessment) where thing in (select id from part)
),

evidence as (
    select source as id from claim where id in (select id from stated)
    union
    select unnest(attributed_to) from claim where id in (select id from stated)
)

select id from stated
union
select id from evidence where id is not null
