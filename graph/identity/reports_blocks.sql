-- What brings two records to be compared at all: two facts that both have, such as a lead and a country. A block is
-- all records with such a fact, and one with more pairs than `most_pairs` is left out: it says too little. Of those the
-- same fact narrowed by a year, a month or another fact is a block as well.

create temp table lead as
select unique_id as n, unnest(leads) as fact from record;

create temp table funder as
select unique_id as n, unnest(funders) as fact from record;

create temp table spot as
select unique_id as n, unnest(list_distinct(coalesce(places, []) || coalesce(countries, []))) as fact from record;

create temp table rare_word as
select n, fact
from (select unique_id as n, unnest(words) as fact from record)
where fact >> 32 >= 16 * 9;

create temp table telling_word as
select n, fact
from (select unique_id as n, unnest(words) as fact from record)
where fact >> 32 >= 16 * 4;

-- Years and months of the first and of the last day; the next one too, so that neighbours meet.
create temp table bound_day as
select unique_id as n, from_date as day, 'from' as bound from record where from_date is not null
union all
select unique_id, to_date, 'to' from record where to_date is not null;

create temp table year as
select n, hash(bound, year(day) + step) as fact from bound_day, (values (0), (1)) as steps(step);

create temp table month as
select n, hash(bound, 12 * year(day) + month(day) + step) as fact from bound_day, (values (0), (1)) as steps(step);

create temp table amount as
select unique_id as n, hash(currency, round(budget)) as fact from record where budget > 0;

create temp table block_of as
select said.n, said.block, record.sides
from (
    select n, hash('word', fact) as block from rare_word
    union all
    select lead.n, hash('lead, place', lead.fact, spot.fact) from lead join spot using (n)
    union all
    select lead.n, hash('lead, place, year', lead.fact, spot.fact, year.fact)
    from lead join spot using (n) join year using (n)
    union all
    select lead.n, hash('lead, month', lead.fact, month.fact) from lead join month using (n)
    union all
    select lead.n, hash('lead, funder', lead.fact, funder.fact) from lead join funder using (n)
    union all
    select lead.n, hash('lead, funder, year', lead.fact, funder.fact, year.fact)
    from lead join funder using (n) join year using (n)
    union all
    select lead.n, hash('lead, word', lead.fact, telling_word.fact) from lead join telling_word using (n)
    union all
    select funder.n, hash('funder, place', funder.fact, spot.fact) from funder join spot using (n)
    union all
    select funder.n, hash('funder, place, year', funder.fact, spot.fact, year.fact)
    from funder join spot using (n) join year using (n)
    union all
    select funder.n, hash('funder, place, month', funder.fact, spot.fact, month.fact)
    from funder join spot using (n) join month using (n)
    union all
    select spot.n, hash('place, month', spot.fact, month.fact) from spot join month using (n)
    union all
    select spot.n, hash('place, word', spot.fact, telling_word.fact) from spot join telling_word using (n)
    union all
    select spot.n, hash('place, sum', spot.fact, amount.fact) from spot join amount using (n)
    union all
    select lead.n, hash('lead, sum', lead.fact, amount.fact) from lead join amount using (n)
) as said
join record on record.unique_id = said.n;

-- How many pairs each block has: of a record of either side, or of any two within one dataset. A programme that both
-- datasets describe is on both sides. A part at a time, as of a million programmes there are tens of millions.
create temp macro blocked_part(rest, parts) as table
with member as not materialized (
    select * from block_of where block % parts = rest
),
block as (
    select
        block,
        case when getvariable('within') then count(*) * (count(*) - 1) / 2
            else count(*) filter (sides & 1 = 1) * count(*) filter (sides & 2 = 2) end as pairs
    from member
    group by block
    having pairs between 1 and getvariable('most_pairs')
)
select n, block, sides from member semi join block using (block);

create table decided as
select n, m
from identified
join record as one on one.unique_id = n
join record as two on two.unique_id = m
where decided and (getvariable('within') or one.sides <> two.sides or one.sides = 3);
