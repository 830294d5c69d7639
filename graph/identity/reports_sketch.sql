-- The same records for a quick look: each list of numbers as 64 bits, of which a number sets one. Lists that have a
-- number in common have a bit in common; now and then others have, too.
create temp macro bits(numbers) as case when numbers is not null then coalesce(
    list_bit_or(list_transform(numbers, lambda number: 1::ubigint << (number % 64)::ubigint)), 0::ubigint) end;

create temp macro may_share(one, two) as (one & two) <> 0;

create temp table sketch as
select
    unique_id, sides,
    bits(words) as words, bits(rare_words) as rare_words, bits(rarest_words) as rarest_words,
    bits(leads) as leads, bits(some_leads) as some_leads, bits(rare_leads) as rare_leads,
    bits(funders) as funders, bits(some_funders) as some_funders,
    bits(anybody) as anybody, bits(houses) as houses,
    bits(places) as places, bits(some_places) as some_places, bits(rare_places) as rare_places,
    bits(above) as above, bits(countries) as countries,
    starts, ends, from_date, to_date, budget, currency, dollars
from record;
