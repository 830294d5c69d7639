-- The efforts of pair_compared, a row a response that the common parameters leave: `bit` is that response.
-- They are compared each with each; pair_many tells beforehand how many comparisons that is.
with bit as (
    select distinct no, cast(1 as hugeint) << cast(place as integer) as bit
    from pair_code
    cross join generate_series(0, 125) as place(place)
    where kind = 'response' and no in (select response from pair_effort)
        and (asked & (cast(1 as hugeint) << cast(place as integer))) <> 0
)
select pair_compared.*, bit.bit from pair_compared join bit on bit.no = pair_compared.response
