-- The overlaps of one page in words: pairs of efforts (a < b by id) without a lead in common that share a place (equal,
-- or one within the other), a domain (equal, or one broader) and a response (equal), and whose periods meet or may have
-- met. Which pairs are on the page, and their terms, the step beside the question has found:
--
-- g       how far the one works where the other does. A place counts 1 where the other effort records it too,
--         1/(1 + n) where the other records a place n steps further out or in: each step out leaves more ground on
--         which they need not meet. g is the mean over the places of one of them, taken on the side that gives more,
--         so that a small effort wholly inside a large one counts in full.
-- tau     days in common as a share of the shorter period. Null where a period is unknown, or where two periods that
--         do not meet are only known from days on which a source saw them. A stated end before a stated start
--         excludes the pair, as does an ended effort beside one that has not begun when neither has dates.
-- *_jaccard  codes in common as a share of all codes of the two, each code counted with its broader ones, so that
--         drugs and heroin are half alike. Null where one of the two records none.
-- score   g * tau * weighted mean of the jaccards, over the terms that are known.
with place_pair as (
    select x.row_, p.place as x_place, q.place as y_place
    from pair_side as x
    join place_of as p on p.place_set = x.place_set
    join pair_side as y on y.row_ = x.row_ and y.first <> x.first
    join place_of as q on q.place_set = y.place_set
),
shared_place as (
    select place_pair.row_, list_sort(list(distinct place_pair.x_place)) as places
    from place_pair
    join place_within on place_within.place = place_pair.x_place and place_within.ancestor = place_pair.y_place
    group by place_pair.row_
),
shared_domain as (
    select x.row_, list_sort(list_distinct(list(p.domain) || list(q.domain))) as domains
    from pair_side as x
    join domain_of as p on p.domain_set = x.domain_set
    join pair_side as y on y.row_ = x.row_ and y.first <> x.first
    join domain_of as q on q.domain_set = y.domain_set
    join concept_within on concept_within.concept = p.domain and concept_within.ancestor = q.domain
    group by x.row_
),
shared_response as (
    select x.row_, list_sort(list(distinct p.response)) as responses
    from pair_side as x
    join response_of as p on p.response_set = x.response_set
    join pair_side as y on y.row_ = x.row_ and y.first <> x.first
    join response_of as q on q.response_set = y.response_set and q.response = p.response
    where x.first
    group by x.row_
),
shared_target as (
    select x.row_, list_sort(list(distinct p.target)) as targets
    from pair_side as x
    join target_set as p on p.target_set = x.target_set
    join pair_side as y on y.row_ = x.row_ and y.first <> x.first
    join target_set as q on q.target_set = y.target_set and q.target = p.target
    where x.first
    group by x.row_
)
select
    page.row_, page.a_no, page.b_no, page.reach,
    x.programme as a, y.programme as b, x.leads as leads_a, y.leads as leads_b,
    x.status as status_a, y.status as status_b, x.claims || y.claims as claims,
    x.place_set as place_set_a, y.place_set as place_set_b, x.target_set as target_set_a, y.target_set as target_set_b,
    shared_place.places, shared_domain.domains, shared_response.responses,
    coalesce(shared_target.targets, []) as targets,
    case when page.tau is not null then greatest(x.from_date, y.from_date) end as from_date,
    case when page.tau is not null then least(x.to_date, y.to_date) end as to_date,
    x.attested or y.attested as attested,
    page.g, page.tau, page.response_jaccard, page.target_jaccard, page.domain_jaccard, page.known, page.score
from page
join pair_side as x on x.row_ = page.row_ and x.first
join pair_side as y on y.row_ = page.row_ and not y.first
join shared_place on shared_place.row_ = page.row_
join shared_domain on shared_domain.row_ = page.row_
join shared_response on shared_response.row_ = page.row_
left join shared_target on shared_target.row_ = page.row_
