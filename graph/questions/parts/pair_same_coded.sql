-- The same as pair_same by codes first, for a world where more efforts share places than codes.
select x.effort_no as x_no, y.effort_no as y_no
from pair_turn
join pair_effort as x on x.effort_no between pair_turn.first and pair_turn.last and x.asked
join pair_effort as y on y.same_domain = x.same_domain and y.same_response = x.same_response
join pair_nested on pair_nested.x_set = x.place_set and pair_nested.y_set = y.place_set
