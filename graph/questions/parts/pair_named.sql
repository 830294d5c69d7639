-- The pairs of the table pair_listed, which are known to be alike; the columns are those of pair_even.
with code as (
    select distinct kind, no, broad from pair_code
)
select
    a.room, a.effort_no as a_no, b.effort_no as b_no, a.place_set as a_set, b.place_set as b_set,
    a.domain as a_domain, b.domain as b_domain, a.response as a_response, b.response as b_response,
    a.target as a_target, b.target as b_target,
    case when pair_near.inside then 'within' else 'containing' end as reach,
    pair_near.g,
    bit_count(a_response.broad & b_response.broad) / bit_count(a_response.broad | b_response.broad) as response_jaccard,
    bit_count(a_target.broad & b_target.broad) / bit_count(a_target.broad | b_target.broad) as target_jaccard,
    bit_count(a_domain.broad & b_domain.broad) / bit_count(a_domain.broad | b_domain.broad) as domain_jaccard,
    a.starts as a_starts, b.starts as b_starts, a.ends as a_ends, b.ends as b_ends,
    a.from_date as a_from, b.from_date as b_from, a.to_date as a_to, b.to_date as b_to,
    a.stage as a_stage, b.stage as b_stage
from pair_listed
join pair_effort as a on a.effort_no = pair_listed.a_no
join pair_effort as b on b.effort_no = pair_listed.b_no
join pair_near on pair_near.room = a.room and pair_near.x_set = a.place_set
    and pair_near.y_set = b.place_set and pair_near.y_asked = b.asked
join code as a_domain on a_domain.kind = 'domain' and a_domain.no = a.domain
join code as b_domain on b_domain.kind = 'domain' and b_domain.no = b.domain
join code as a_response on a_response.kind = 'response' and a_response.no = a.response
join code as b_response on b_response.kind = 'response' and b_response.no = b.response
join code as a_target on a_target.kind = 'target' and a_target.no = a.target
join code as b_target on b_target.kind = 'target' and b_target.no = b.target
