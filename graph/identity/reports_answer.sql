-- The pairs that are kept, with how they came about in words.

copy (
    select
        one.id as a,
        two.id as b,
        scored.decided,
        coalesce(identified.words, []) as basis,
        coalesce(identified.claims, []) as claims,
        case when not scored.decided then match_probability end as score,
        (
            (gamma_title >= 0)::int + (gamma_leads >= 0)::int + (gamma_funders >= 0)::int + (gamma_place >= 0)::int
            + (gamma_period >= 0)::int + (gamma_budget >= 0)::int
        ) / 6 as known,
        getvariable('prior') as prior,
        title.words as title, mw_title as title_weight,
        leads.words as leads, mw_leads as leads_weight,
        funders.words as funders, mw_funders as funders_weight,
        place.words as place, mw_place as place_weight,
        period.words as period, mw_period as period_weight,
        budget.words as budget, mw_budget as budget_weight
    from scored
    join record as one on one.unique_id = scored.unique_id_l
    join record as two on two.unique_id = scored.unique_id_r
    join level as title on title.term = 'title' and title.gamma = gamma_title
    join level as leads on leads.term = 'leads' and leads.gamma = gamma_leads
    join level as funders on funders.term = 'funders' and funders.gamma = gamma_funders
    join level as place on place.term = 'place' and place.gamma = gamma_place
    join level as period on period.term = 'period' and period.gamma = gamma_period
    join level as budget on budget.term = 'budget' and budget.gamma = gamma_budget
    left join identified on identified.n = one.unique_id and identified.m = two.unique_id
    order by scored.decided desc, scored.match_probability desc, a, b
) to $target (format parquet)
