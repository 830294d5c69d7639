-- The programmes of two datasets as records that can be compared. `told` are the tables of the two, with `teller` 1 or 2
-- (bits, so that a programme that both describe has 3); `known` those of every dataset given.
--
-- Words, actors and places become numbers, for lists of numbers are compared fastest. A number of a word carries its
-- weight: the bits of information that two titles share when both have it, times 16, in the upper half.

create temp macro shared_bits(one, two) as coalesce(
    list_sum(list_transform(list_intersect(one, two), lambda word: word >> 32)), 0);

-- A period of whole years is often one of which only the years are told.
create temp macro whole_years(starts, ends) as
    dayofyear(starts) = 1 and month(ends) = 12 and day(ends) = 31;

create temp macro folded(text) as regexp_split_to_array(
    trim(regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}]+', ' ', 'g')), ' ');

-- The same key for spellings that differ in case, accents, punctuation or the order of words.
create temp macro name_key(text) as array_to_string(list_sort(list_distinct(folded(text))), ' ');

create temp table activity as
select
    id,
    bit_or(teller) as sides,
    min(starts) as starts,
    max(ends) as ends,
    min(from_date) as from_date,
    max(to_date) as to_date,
    min_by(budget, budget) as budget,
    min_by(currency, budget) as currency,
    list_sort(list_distinct(flatten(list(places)))) as places
from told.programme
group by id;

-- Numbers in the order of ids: the first of a pair is the one whose id comes first, whichever dataset it is in.
create temp table numbered as
select cast(row_number() over (order by id) as integer) as n, * exclude (places)
from activity;

-- Titles. ------------------------------------------------------------------------------------------------------------

create temp table title as
select
    numbered.n,
    list_sort(list_distinct(flatten(list(folded(name.name))))) as words
from told.name as name
join numbered using (id)
where name.use in ('label', 'alias')
group by numbered.n;

-- What a word tells is the more, the fewer titles have it. Five hundred titles are added to those there are, so that
-- a word is not taken for rare because the dataset is small.
create temp table word as
select
    word,
    cast(round(16 * -log2((titles + 1) / (total + 500))) as bigint) << 32
        | row_number() over (order by word) as number
from (
    select words.word, count(*) as titles
    from title, unnest(words) as words(word)
    where length(words.word) > 1
    group by words.word
)
cross join (select count(*) as total from title);

-- Actors. ------------------------------------------------------------------------------------------------------------
-- An actor has a key for its id, each identifier, and each name (of agencies: within their State). Two actors are
-- taken for one where they share a key; whether they are is another question, which people decide.

create temp table actor_key as
with stated as (
    select id, any_value(state) as state, any_value(part_of) as part_of from known.actor group by id
),

keyed as (
    select id, 'id ' || id as key from stated
    union
    select actor, 'id ' || actor from told.participation where actor is not null
    union
    select stated.id, 'identifier ' || scheme || ' ' || value
    from known.identifier
    join stated using (id)
    union
    select stated.id, 'name ' || name_key(name.name) || ' ' || coalesce(stated.state, '')
    from known.name as name
    join stated using (id)
    where name.use in ('label', 'alias')
),

-- Keys that the same actors have say the same: one of them is enough.
alike as (
    select key, list_sort(list(id)) as actors from keyed group by key
)

select unnest(actors) as id, cast(row_number() over (order by key) as integer) as key
from (select actors, min(key) as key from alike group by actors);

create temp table actor_above as
with recursive above as (
    select id, part_of as ancestor, 1 as depth from known.actor where part_of is not null
    union
    select above.id, actor.part_of, above.depth + 1
    from above
    join known.actor as actor on actor.id = above.ancestor
    where actor.part_of is not null and above.depth < 8
)
select distinct above.id, actor_key.key
from above
join known.actor as actor on actor.id = above.ancestor and actor.class not in ('con:State')
join actor_key on actor_key.id = above.ancestor;

create temp table taking_part as
select distinct
    numbered.n,
    participation.actor,
    participation.role in ('role/implementing', 'role/accountable') as leads,
    participation.role = 'role/funding' as pays
from told.participation as participation
join numbered on numbered.id = participation.programme
where participation.actor is not null and participation.role is not null;

-- The share of all programmes in which somebody with the actor's keys takes part: the most common key counts.
create temp table actor_share as
select actor_key.id, max(taken.share) as share
from actor_key
join (
    select actor_key.key, count(distinct taking_part.n) / (select count(*) + 500 from numbered) as share
    from taking_part
    join actor_key on actor_key.id = taking_part.actor
    group by actor_key.key
) as taken using (key)
group by actor_key.id;

create temp table staffed as
select
    taking_part.n,
    list_sort(list(distinct actor_key.key) filter (leads)) as leads,
    list_sort(list(distinct actor_key.key) filter (leads and share <= 0.01)) as some_leads,
    list_sort(list(distinct actor_key.key) filter (leads and share <= 0.001)) as rare_leads,
    list_sort(list(distinct actor_key.key) filter (pays)) as funders,
    list_sort(list(distinct actor_key.key) filter (pays and share <= 0.01)) as some_funders,
    list_sort(list(distinct actor_key.key)) as anybody
from taking_part
join actor_key on actor_key.id = taking_part.actor
join actor_share on actor_share.id = taking_part.actor
group by taking_part.n;

create temp table housed as
select n, list_sort(list(distinct key)) as houses
from (
    select taking_part.n, actor_above.key
    from taking_part
    join actor_above on actor_above.id = taking_part.actor
    where leads
    union
    select taking_part.n, actor_key.key
    from taking_part
    join actor_key on actor_key.id = taking_part.actor
    where leads
)
group by n;

-- Places. ------------------------------------------------------------------------------------------------------------

create temp table place_above as
with recursive above as (
    select distinct place, container as ancestor, 1 as depth from known.within
    union
    select above.place, within.container, above.depth + 1
    from above
    join known.within as within on within.place = above.ancestor
    where above.depth < 8
)
select distinct place, ancestor from above;

-- A place has a key for its id, each identifier, and each name within what holds it.
create temp table place_key as
with keyed as (
    select place as id, 'id ' || place as key
    from (select distinct unnest(places) as place from activity union select distinct ancestor from place_above)
    union
    select identifier.id, 'identifier ' || scheme || ' ' || value
    from known.identifier as identifier
    where starts_with(identifier.id, 'place/')
    union
    select name.id, 'name ' || name_key(name.name) || ' ' || within.container
    from known.name as name
    join known.within as within on within.place = name.id
    where name.use in ('label', 'alias')
),

alike as (
    select key, list_sort(list(id)) as places from keyed group by key
)

select unnest(places) as id, cast(row_number() over (order by key) as integer) as key
from (select places, min(key) as key from alike group by places);

create temp table country as
select distinct id from known.place where class = 'con:Country';

create temp table worked_in as
select numbered.n, places.place
from activity
join numbered using (id), unnest(activity.places) as places(place);

create temp table place_share as
select place_key.id, max(taken.share) as share
from place_key
join (
    select place_key.key, count(distinct worked_in.n) / (select count(*) + 500 from numbered) as share
    from worked_in
    join place_key on place_key.id = worked_in.place
    group by place_key.key
) as taken using (key)
group by place_key.id;

create temp table placed as
select
    worked_in.n,
    list_sort(list(distinct place_key.key)) as places,
    list_sort(list(distinct place_key.key) filter (share <= 0.01)) as some_places,
    list_sort(list(distinct place_key.key) filter (share <= 0.001)) as rare_places
from worked_in
join place_key on place_key.id = worked_in.place
join place_share on place_share.id = worked_in.place
group by worked_in.n;

create temp table placed_within as
select
    n,
    list_sort(list(distinct place_key.key)) as above,
    list_sort(list(distinct place_key.key) filter (ancestor in (select id from country))) as countries
from (
    select worked_in.n, place_above.ancestor, true as is_above
    from worked_in
    join place_above using (place)
    union
    select n, place, false
    from worked_in
) as reached
join place_key on place_key.id = reached.ancestor
group by n;

-- What titles say besides where and who: the names of a programme's own places and actors would count twice.
create temp table titled as
with own as (
    select worked_in.n, worked_in.place as id from worked_in
    union
    select worked_in.n, place_above.ancestor from worked_in join place_above using (place)
    union
    select n, actor from taking_part
),

own_word as (
    select distinct own.n, words.word
    from own
    join known.name as name using (id), unnest(folded(name.name)) as words(word)
),

said as (
    select title.n, words.word
    from title, unnest(words) as words(word)
    where length(words.word) > 1
)

select
    said.n,
    list_sort(list(word.number)) as words,
    list_sort(list(word.number) filter (word.number >> 32 >= 16 * 10)) as rare_words,
    list_sort(list(word.number) filter (word.number >> 32 >= 16 * 12)) as rarest_words,
    sum(word.number >> 32) as weight,
    array_to_string(list_sort(list(said.word)), ' ') as spelled
from said
join word on word.word = said.word
anti join own_word on own_word.n = said.n and own_word.word = said.word
group by said.n;

-- The records. -------------------------------------------------------------------------------------------------------

-- A part at a time: so many joins at once of what is gathered above would need much memory.
create temp macro record_part(rest, parts) as table
select
    numbered.n as unique_id,
    numbered.id,
    numbered.sides,
    titled.words, titled.rare_words, titled.rarest_words,
    titled.weight as words_weight,
    titled.spelled,
    staffed.leads, staffed.some_leads, staffed.rare_leads, staffed.funders, staffed.some_funders, staffed.anybody,
    housed.houses,
    placed.places, placed.some_places, placed.rare_places,
    placed_within.above, placed_within.countries,
    numbered.starts, numbered.ends, numbered.from_date, numbered.to_date,
    numbered.budget, upper(numbered.currency) as currency,
    numbered.budget / rate.per_dollar as dollars
from (select * from numbered where n % parts = rest) as numbered
left join (select * from titled where n % parts = rest) as titled using (n)
left join (select * from staffed where n % parts = rest) as staffed using (n)
left join (select * from housed where n % parts = rest) as housed using (n)
left join (select * from placed where n % parts = rest) as placed using (n)
left join (select * from placed_within where n % parts = rest) as placed_within using (n)
left join rate on rate.currency = upper(numbered.currency)
order by numbered.n;
