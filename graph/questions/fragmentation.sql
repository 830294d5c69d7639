/*
title: Fragmentation
asks: Where do several lead actors work in the same domain, and how is the work spread among them?
read: >-
  One row a place and a domain with two or more lead actors (those that implement or are accountable). `Share by`
  tells what the shares are of: budget where every programme there has one in the same currency, else the number of
  programmes. A programme with several leads counts in equal parts for each, and a budget in equal parts for each
  place and domain that it names. A part of a larger programme there with the same leads counts with it.
  `Fragmentation` is the chance that two pieces of the work drawn at random belong to different leads: 0 is one actor,
  1 is everybody on their own. `Effective actors` is the number of equal actors that would be spread as much.
  `Unevenness` (Theil) is 0 where all have the same share and grows as one outweighs the others.
caveat: >-
  For review: several actors in one place may be right, and a high value only says that they had better know of one
  another. Counting programmes takes a large one for a small one. What is recorded for a region is not shared out
  among its countries, and proposed, refused and cancelled programmes and meetings are not counted. A unit counts
  apart from its organisation, and so do two leads of one programme.
example: {place: TJ}
parts: [place_of, domain_of, response_of, target_of, work, grain, led_effort, domain_number, led_cell]
once: [led_effort, led_cell, found]
parameters:
  level:
    title: Level
    type: choice
    of: [recorded, country]
    default: recorded
    about: places as they are recorded, or everything inside a country under that country
filters: {place: place}
columns:
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  actors: {title: Lead actors, type: integer, about: how many}
  leads: {title: Who, type: actor, many: true, about: the hundred largest at most}
  programmes: {title: Programmes, type: integer}
  share_by: {title: Share by, type: text, about: "budget, or programmes where a budget or a common currency is missing"}
  largest: {title: Largest, type: actor, many: true, about: the lead actors with the largest share}
  largest_share: {title: Its share, type: share}
  hhi: {title: Concentration, type: number, about: "sum of the squared shares (Herfindahl–Hirschman), 1/n to 1"}
  fragmentation: {title: Fragmentation, type: number, about: 1 less the concentration}
  effective_actors: {title: Effective actors, type: number, about: 1 divided by the concentration}
  funders: {title: Funders, type: actor, many: true, about: "where shares are by programmes: who is told to pay for the
    place, by figures on this domain or on none, in the latest year told; the largest first"}
  effective_funders: {title: Effective funders, type: number, about: "1 divided by the concentration of their sums"}
  theil: {title: Unevenness, type: number, about: "Theil: sum of s ln(n s) over the shares s of n actors"}
order: [effective_actors desc, actors desc, programmes desc, place_no, domain_no]
*/
with held as (
    select
        place_no, domain_no,
        count(*) as programmes,
        coalesce(
            count(budget) = count(*) and count(currency) = count(*) and min(currency) = max(currency)
            and min(budget) >= 0 and sum(budget) > 0, false) as by_budget
    from led_cell
    group by place_no, domain_no
),
part as (
    select
        led_cell.place_no, led_cell.domain_no, lead.identity_no,
        sum(led_cell.part) as work,
        sum(led_cell.budget * led_cell.part) as money
    from led_cell
    join lead using (effort_no)
    group by led_cell.place_no, led_cell.domain_no, lead.identity_no
),
-- With the parts p of n actors and P their sum, the shares are p / P; Theil's sum of s ln(n s) is then
-- sum(p ln p) / P - ln P + ln n.
summed as (
    select
        place_no, domain_no,
        any_value(held.programmes) as programmes,
        any_value(held.by_budget) as by_budget,
        count(*) as actors,
        sum(case when held.by_budget then money else work end) as whole,
        sum(case when held.by_budget then money * money else work * work end) as squares,
        sum(case when held.by_budget
            then case when money > 0 then money * ln(money) else 0 end
            else work * ln(work) end) as logarithms,
        max(case when held.by_budget then money else work end) as most
    from part
    join held using (place_no, domain_no)
    group by place_no, domain_no
    having count(*) >= 2
)
select
    summed.*,
    place_number.place, domain_number.domain,
    round(most / whole, 4) as largest_share,
    round(squares / (whole * whole), 4) as hhi,
    round(1 - squares / (whole * whole), 4) as fragmentation,
    round(whole * whole / squares, 4) as effective_actors,
    round(logarithms / whole - ln(whole) + ln(actors), 4) as theil
from summed
join place_number using (place_no)
join domain_number using (domain_no)
where ($actor is null or (place_no, domain_no) in (
    select (led_cell.place_no, led_cell.domain_no)
    from led_cell
    join lead using (effort_no)
    join participant using (identity_no)
    where participant.actor in (select actor from actor_within where list_contains($actor::varchar[], ancestor))))

-- [page]
with there as (
    select page.row_, led_cell.effort_no, led_cell.part, led_cell.budget, page.by_budget
    from page
    join led_cell using (place_no, domain_no)
),
part as (
    select
        there.row_, participant.actor,
        sum(case when there.by_budget then there.budget * there.part else there.part end) as part
    from there
    join lead using (effort_no)
    join (select distinct identity_no, actor from participant) as participant using (identity_no)
    group by there.row_, participant.actor
),
named as (
    select
        row_,
        list_sort(list(actor order by part desc, actor)[:100]) as leads,
        list_sort((list(actor order by actor) filter (part >= most - 1e-9 * most))[:100]) as largest
    from (select *, max(part) over (partition by row_) as most from part)
    group by row_
),
first_effort as (
    select row_, unnest(list(distinct effort_no order by effort_no)[:50]) as effort_no
    from there
    group by row_
),
record as (
    select first_effort.row_, coalesce(effort_of.programme_no, first_effort.effort_no) as programme_no
    from first_effort
    left join effort_of using (effort_no)
),
claim as (
    select record.row_, programme.id
    from record
    join programme on programme.programme_no = record.programme_no
    union
    select record.row_, engagement.participation
    from record
    join engagement on engagement.programme_no = record.programme_no
    where engagement.role in ('role/accountable', 'role/implementing')
),
-- Sums of donors, where budgets don't tell the shares: those for the domain, or else those for no domain in particular.
paid as (
    select
        page.row_, donor.actor, extract(year from observation.ends) as year, observation.dataset,
        observation.domain is null as of_any, sum(observation.value) as money, list(observation.id) as claims
    from observation
    join page on page.place = observation.place and not page.by_budget
    cross join unnest(observation.about) as donor(actor)
    where
        observation.measure = 'measure/funding' and observation.unit = 'unit/us-dollar'
        and observation.value > 0 and observation.ends is not null
        and (observation.domain is null or observation.domain in (
            select concept from concept_within where ancestor = page.domain))
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
        and ($on::date is null or observation.starts <= $on::date)
        and ($to::date is null or observation.starts <= $to::date)
    group by all
),
payer as (
    select row_, actor, max(money) as money, any_value(claims) as claims
    from paid
    where (row_, of_any, year) in (
        select (row_, min(of_any), max_by(year, (not of_any, year))) from paid group by row_)
    group by row_, actor
),
payers as (
    select
        row_,
        list(actor order by money desc, actor) as funders,
        round(sum(money) * sum(money) / sum(money * money), 4) as effective_funders,
        list_sort(flatten(list(claims)))[:50] as claims
    from payer
    group by row_
),
claimed as (
    select row_, list_sort(list(id)) as claims from claim group by row_
)
select
    page.row_, named.leads, named.largest, list_sort(claimed.claims || coalesce(payers.claims, [])) as claims,
    coalesce(payers.funders, []) as funders, payers.effective_funders,
    case when page.by_budget then 'budget' else 'programmes' end as share_by
from page
join named on named.row_ = page.row_
join claimed on claimed.row_ = page.row_
left join payers on payers.row_ = page.row_
