-- The pairs of pair_candidate whose periods meet or may have met, with their score; see the part on overlaps for how.
with timed as (
    select
        *,
        -- greatest() and least() pass over nulls: two periods only meet where both are known.
        case
            when a_from is null or b_from is null or a_to is null or b_to is null then null
            when greatest(a_from, b_from) <= least(a_to, b_to)
                then (least(a_to, b_to) - greatest(a_from, b_from) + 1) / (least(a_to - a_from, b_to - b_from) + 1)
        end as tau,
        weights.response + weights.domain + case when target_jaccard is null then 0 else weights.target end as known,
        weights.response * response_jaccard + weights.domain * domain_jaccard
            + coalesce(weights.target * target_jaccard, 0) as alike
    from pair_candidate
    cross join weights
    where not coalesce(a_ends < b_starts or b_ends < a_starts, false)
)
select
    room, a_no, b_no, a_set, b_set, a_domain, b_domain, a_response, b_response, a_target, b_target, reach,
    round(g, 4) as g,
    round(tau, 4) as tau,
    round(response_jaccard, 4) as response_jaccard,
    round(target_jaccard, 4) as target_jaccard,
    round(domain_jaccard, 4) as domain_jaccard,
    round(known, 4) as known,
    round(g * coalesce(tau, 1) * alike / known, 4) as score
from timed
where tau is not null or least(a_stage, b_stage) <> 1 or greatest(a_stage, b_stage) <> 2
