-- The pairs of pair_scored without a lead in common. They are what is counted, and the strongest go to pair_found.
select pair_scored.*
from pair_scored
join pair_lead as x on x.effort_no = pair_scored.a_no
join pair_lead as y on y.effort_no = pair_scored.b_no
where not list_has_any(x.actors, y.actors)
