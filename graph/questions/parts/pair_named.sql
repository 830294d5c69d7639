-- The pairs of the table pair_listed, which are known to be alike; the columns are those of pair_even.
select
    a.room, a.effort_no as a_no, b.effort_no as b_no, a.place_set as a_set, b.place_set as b_set,
    a.domain as a_domain, b.domain as b_domain, a.response as a_response, b.response as b_response,
    a.target as a_target, b.target as b_target,
    case when pair_near.inside then 'within' else 'containing' end as reach,
    pair_near.g,
    bit_count(a.r_broad & b.r_broad) / bit_count(a.r_broad | b.r_broad) as response_jaccard,
    bit_count(a.t_broad & b.t_broad) / bit_count(a.t_broad | b.t_broad) as target_jaccard,
    bit_count(a.d_broad & b.d_broad) / bit_count(a.d_broad | b.d_broad) as domain_jaccard,
    a.starts as a_starts, b.starts as b_starts, a.ends as a_ends, b.ends as b_ends,
    a.from_date as a_from, b.from_date as b_from, a.to_date as a_to, b.to_date as b_to,
    a.stage as a_stage, b.stage as b_stage
from pair_listed
join pair_compared as a on a.effort_no = pair_listed.a_no
join pair_compared as b on b.effort_no = pair_listed.b_no
join pair_near on pair_near.room = a.room and pair_near.x_set = a.place_set
    and pair_near.y_set = b.place_set and pair_near.y_asked = b.asked
