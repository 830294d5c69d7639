-- Why two records may tell of one effort, as far as identifiers, likeness or people say so.
select
    decided, basis as because, score, known, prior, title, title_weight, leads as lead, leads_weight as lead_weight,
    funders as funder, funders_weight as funder_weight, place, place_weight, period, period_weight, budget, budget_weight
from double_report
where a in (select unnest($ids::varchar[])) and b in (select unnest($ids::varchar[])) and a <> b
order by decided desc, score desc nulls last
limit 1
