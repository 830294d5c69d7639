-- Each effort of the turn that is asked for beside those with the same domains and responses whose places are nested in
-- its own or it in theirs: by place first, for a world where more efforts share codes than places.
select x.effort_no as x_no, y.effort_no as y_no
from pair_turn
join pair_effort as x on x.effort_no between pair_turn.first and pair_turn.last and x.asked
join pair_nested on pair_nested.x_set = x.place_set
join pair_effort as y
    on y.place_set = pair_nested.y_set and y.same_domain = x.same_domain and y.same_response = x.same_response
