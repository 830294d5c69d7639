-- Every pair that shares a place, a domain and a response, whatever their periods; the columns are those of pair_even.
-- One of each pair is one of the efforts `first` to `last` of pair_turn. A pair is met at the first response that the
-- two share.
with reached as materialized (
    select pair_masked.*, pair_near.y_set, pair_near.y_asked, pair_near.g, pair_near.inside
    from pair_turn
    join pair_masked on pair_masked.effort_no between pair_turn.first and pair_turn.last
    join pair_near on pair_near.room = pair_masked.room and pair_near.x_set = pair_masked.place_set
    where pair_masked.asked
)
select
    x.room,
    case when x.effort_no < y.effort_no or not y.asked then x.effort_no else y.effort_no end as a_no,
    case when x.effort_no < y.effort_no or not y.asked then y.effort_no else x.effort_no end as b_no,
    x.place_set as a_set, y.place_set as b_set,
    x.domain as a_domain, y.domain as b_domain, x.response as a_response, y.response as b_response,
    x.target as a_target, y.target as b_target,
    case when x.inside then 'within' else 'containing' end as reach,
    x.g,
    bit_count(x.r_broad & y.r_broad) / bit_count(x.r_broad | y.r_broad) as response_jaccard,
    bit_count(x.t_broad & y.t_broad) / bit_count(x.t_broad | y.t_broad) as target_jaccard,
    bit_count(x.d_broad & y.d_broad) / bit_count(x.d_broad | y.d_broad) as domain_jaccard,
    x.starts as a_starts, y.starts as b_starts, x.ends as a_ends, y.ends as b_ends,
    x.from_date as a_from, y.from_date as b_from, x.to_date as a_to, y.to_date as b_to,
    x.stage as a_stage, y.stage as b_stage
from reached as x
join pair_masked as y on y.room = x.room and y.place_set = x.y_set and y.asked = x.y_asked
    and y.bit = x.bit
where (not y.asked or x.place_set <> y.place_set or x.effort_no < y.effort_no)
    and (x.r_asked & y.r_asked & (x.bit - 1)) = 0
    and ((x.d_asked & y.d_kin) <> 0 or (y.d_asked & x.d_kin) <> 0)
