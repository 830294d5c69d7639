-- Pairs that are as alike as two efforts can be, so that only their periods can make the score less than 1: the places
-- of one are among those of the other, and domains, responses and targets are the same. The first of each pair is one
-- of the efforts `first` to `last` of pair_turn. With `known` both targets are known; without it one of them is not.
select
    x.room, x.effort_no as a_no, y.effort_no as b_no, x.place_set as a_set, y.place_set as b_set,
    x.domain as a_domain, y.domain as b_domain, x.response as a_response, y.response as b_response,
    x.target as a_target, y.target as b_target,
    'within' as reach,
    cast(1 as double) as g,
    cast(1 as double) as response_jaccard,
    case when pair_turn.known then cast(1 as double) end as target_jaccard,
    cast(1 as double) as domain_jaccard,
    x.starts as a_starts, y.starts as b_starts, x.ends as a_ends, y.ends as b_ends,
    x.from_date as a_from, y.from_date as b_from, x.to_date as a_to, y.to_date as b_to,
    x.stage as a_stage, y.stage as b_stage
from pair_same
join pair_effort as x on x.effort_no = pair_same.x_no
join pair_effort as y on y.effort_no = pair_same.y_no
cross join pair_turn
where pair_turn.known = (x.same_target > 0 and y.same_target > 0)
    and (not pair_turn.known or x.same_target = y.same_target)
    and (x.effort_no < y.effort_no or not y.asked)
