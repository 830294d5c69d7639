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
parts: [work, efforts, wholes, grain]
parameters:
  level:
    title: Level
    type: choice
    of: [recorded, country]
    default: recorded
    about: places as they are recorded, or everything inside a country under that country
filters: {place: place, actor: leads}
columns:
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  actors: {title: Lead actors, type: integer, about: how many}
  leads: {title: Who, type: actor, many: true}
  programmes: {title: Programmes, type: integer}
  share_by: {title: Share by, type: text, about: "budget, or programmes where a budget or a common currency is missing"}
  largest: {title: Largest, type: actor, many: true, about: the lead actors with the largest share}
  largest_share: {title: Its share, type: share}
  hhi: {title: Concentration, type: number, about: "sum of the squared shares (Herfindahl–Hirschman), 1/n to 1"}
  fragmentation: {title: Fragmentation, type: number, about: 1 less the concentration}
  effective_actors: {title: Effective actors, type: number, about: 1 divided by the concentration}
  theil: {title: Unevenness, type: number, about: "Theil: sum of s ln(n s) over the shares s of n actors"}
order: [effective_actors desc, actors desc, programmes desc, place, domain]
*/
with cell as (
    select distinct grain.shown as place, work.domain, work.programme
    from work
    join grain on grain.place = work.place
    where work.domain is not null
),
taken_in as (
    select distinct part.place, part.domain, part.programme
    from cell as part
    join wholes on wholes.programme = part.programme
    join cell as whole
        on whole.programme = wholes.whole and whole.place = part.place and whole.domain = part.domain
),
placed as (
    select efforts.programme, count(distinct grain.shown) as places
    from efforts
    cross join unnest(efforts.places) as named(place)
    join grain on grain.place = named.place
    group by efforts.programme
),
held as (
    select
        cell.place, cell.domain, cell.programme, efforts.leads, efforts.lead_claims,
        efforts.budget / (placed.places * len(efforts.domains)) as budget,
        efforts.currency
    from cell
    join efforts on efforts.programme = cell.programme
    join placed on placed.programme = cell.programme
    left join taken_in
        on taken_in.place = cell.place and taken_in.domain = cell.domain and taken_in.programme = cell.programme
    where coalesce(efforts.status, '') <> 'status/proposed' and taken_in.programme is null
),
measured as (
    select
        place, domain,
        count(*) as programmes,
        coalesce(
            count(budget) = count(*) and count(currency) = count(*) and count(distinct currency) = 1
            and min(budget) >= 0 and sum(budget) > 0, false) as by_budget,
        list_sort(list_distinct(list(programme) || flatten(list(lead_claims)))) as claims
    from held
    group by place, domain
),
part as (
    select
        held.place, held.domain, l.lead,
        sum(case when measured.by_budget then held.budget else 1 end / len(held.leads)) as part
    from held
    join measured on measured.place = held.place and measured.domain = held.domain
    cross join unnest(held.leads) as l(lead)
    group by held.place, held.domain, l.lead
),
share as (
    select
        place, domain, lead,
        part / sum(part) over (partition by place, domain) as share,
        count(*) over (partition by place, domain) as actors
    from part
)
select
    share.place, share.domain,
    any_value(share.actors) as actors,
    list_sort(list(share.lead)) as leads,
    any_value(measured.programmes) as programmes,
    case when any_value(measured.by_budget) then 'budget' else 'programmes' end as share_by,
    list_sort(list(share.lead) filter (share.share = top.share)) as largest,
    round(max(share.share), 4) as largest_share,
    round(sum(share.share * share.share), 4) as hhi,
    round(1 - sum(share.share * share.share), 4) as fragmentation,
    round(1 / sum(share.share * share.share), 4) as effective_actors,
    round(sum(case when share.share > 0 then share.share * ln(share.actors * share.share) else 0 end), 4) as theil,
    any_value(measured.claims) as claims
from share
join measured on measured.place = share.place and measured.domain = share.domain
join (select place, domain, max(share) as share from share group by place, domain) as top
    on top.place = share.place and top.domain = share.domain
where share.actors >= 2
group by share.place, share.domain
