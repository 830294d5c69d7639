-- The pairs of pair_apart that bring the two actors of a row of the page together.
-- They are those of pair_led, compared as all overlaps are.
select
    page.row_, pair_apart.a_no, pair_apart.b_no, pair_apart.a_set, pair_apart.b_set,
    pair_apart.a_domain, pair_apart.b_domain, pair_apart.a_response, pair_apart.b_response, pair_apart.score
from pair_apart
join (select effort_no, unnest(actors) as actor from pair_lead) as x on x.effort_no = pair_apart.a_no
join (select effort_no, unnest(actors) as actor from pair_lead) as y on y.effort_no = pair_apart.b_no
join page on page.row_ = pair_apart.room and page.actor = least(x.actor, y.actor) and page.other = greatest(x.actor, y.actor)
