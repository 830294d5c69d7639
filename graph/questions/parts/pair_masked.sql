-- The efforts with their codes as bits, a row a response that the common parameters leave: `bit` is that response.
-- They are compared each with each; pair_many tells beforehand how many comparisons that is.
with compared as (
    select
        pair_effort.*,
        d.asked as d_asked, d.kin as d_kin, d.broad as d_broad, r.asked as r_asked, r.broad as r_broad,
        t.broad as t_broad
    from pair_effort
    join (select distinct no, asked, kin, broad from pair_code where kind = 'domain') as d
        on d.no = pair_effort.domain
    join (select distinct no, asked, broad from pair_code where kind = 'response') as r
        on r.no = pair_effort.response
    left join (select distinct no, broad from pair_code where kind = 'target') as t on t.no = pair_effort.target
),
bit as (
    select distinct no, cast(1 as hugeint) << cast(place as integer) as bit
    from pair_code
    cross join generate_series(0, 125) as place(place)
    where kind = 'response' and (asked & (cast(1 as hugeint) << cast(place as integer))) <> 0
)
select compared.*, bit.bit from compared join bit on bit.no = compared.response
