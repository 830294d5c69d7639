/*
title: Double reporting
asks: Which records may tell of one effort twice, as the donor's and the implementer's do?
read: >-
  One row a pair of records. `Decided`: identifiers, or people who looked, say that they are one effort; `Because` tells
  which. Pairs that people judged to be two efforts are not listed. The others are
  for review: title, leads, funders, place, period and budget were compared, and the score is the probability that the
  two are one effort. Each term says how alike they are, and its weight in bits how much that speaks for one effort, or
  below 0 against it; a weight of 1 doubles the odds. The weights and the prior, the odds before anything is compared,
  add up to those of the score. What one side does not record weighs nothing, and `Known` says how much could be
  compared. Wholes and their parts, and a payer with several projects, are not listed: they are different efforts.
caveat: >-
  A score decides nothing: only identifiers do, or a person who looked. The next phase, or the same work of one actor in
  two places, can look much like two records of one effort. Weights were learned from made-up worlds, not from yours.
example: {by: identifiers}
parameters:
  by:
    title: By
    type: choice
    of: [identifiers, score]
    about: "`identifiers` for pairs that they decide, `score` for those to review; both when not given"
  programme:
    title: Programme
    type: programme
    many: true
    about: only pairs of these records
filters: {place: places}
columns:
  programme: {title: Programme, type: programme}
  other: {title: Other programme, type: programme}
  decided: {title: Decided, type: boolean, about: identifiers or people say so}
  because: {title: Because, type: text, many: true, about: what identifiers and people say of the two}
  score: {title: Score, type: share, about: probability that the two are one effort; none where identifiers decide}
  known: {title: Known, type: share, about: share of the terms that both record}
  leads: {title: Led by, type: actor, many: true}
  other_leads: {title: Other led by, type: actor, many: true}
  places: {title: Places, type: place, many: true, about: of either}
  title: {title: Titles, type: text}
  title_weight: {title: Weight of titles, type: number, about: bits}
  lead: {title: Leads, type: text}
  lead_weight: {title: Weight of leads, type: number, about: bits}
  funder: {title: Funders, type: text}
  funder_weight: {title: Weight of funders, type: number, about: bits}
  place: {title: Place, type: text}
  place_weight: {title: Weight of place, type: number, about: bits}
  period: {title: Period, type: text}
  period_weight: {title: Weight of period, type: number, about: bits}
  budget: {title: Budget, type: text}
  budget_weight: {title: Weight of budget, type: number, about: bits}
  prior: {title: Prior, type: number, about: bits before anything is compared}
order: [decided desc, score desc nulls last, known desc, programme, other]
*/
with report as (
    select *
    from double_report
    where ($by is null or decided = ($by::varchar = 'identifiers'))
        and ($programme is null or list_contains($programme::varchar[], a) or list_contains($programme::varchar[], b))
),

held as (
    select a as programme from report
    union
    select b from report
),

led as (
    select
        participation.programme,
        list_sort(list(distinct participation.actor)) as leads,
        list(distinct participation.id) as claims
    from participation
    join held on held.programme = participation.programme
    where participation.role in ('role/accountable', 'role/implementing')
    group by participation.programme
),

placed as (
    select programme.id as programme, list_distinct(flatten(list(programme.places))) as places
    from programme
    join held on held.programme = programme.id
    group by programme.id
)

select
    report.a as programme,
    report.b as other,
    report.decided,
    report.basis as because,
    report.score,
    report.known,
    coalesce(one_led.leads, []) as leads,
    coalesce(other_led.leads, []) as other_leads,
    list_sort(list_distinct(coalesce(one_placed.places, []) || coalesce(other_placed.places, []))) as places,
    report.title,
    report.title_weight,
    report.leads as lead,
    report.leads_weight as lead_weight,
    report.funders as funder,
    report.funders_weight as funder_weight,
    report.place,
    report.place_weight,
    report.period,
    report.period_weight,
    report.budget,
    report.budget_weight,
    report.prior,
    list_sort(list_distinct(
        [report.a, report.b] || report.claims
        || coalesce(one_led.claims, []) || coalesce(other_led.claims, [])
    )) as claims
from report
left join led as one_led on one_led.programme = report.a
left join led as other_led on other_led.programme = report.b
left join placed as one_placed on one_placed.programme = report.a
left join placed as other_placed on other_placed.programme = report.b
where ($actor is null or list_has_any(
    coalesce(one_led.leads, []) || coalesce(other_led.leads, []),
    (select list(actor) from actor_within where list_contains($actor::varchar[], ancestor))))
