-- The efforts of pair_effort with their sets of codes as bits, as pair_code has them.
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
