/*
title: Gaps
asks: Which responses that a place should see, by its role in a flow, are missing or thin?
read: >-
  One row a place, domain, role of the place and expected response. Every leg of a recorded flow gives its place a
  role (origin, transit, destination), and the list of expected responses says what such a place should see, how
  much it weighs and why. Covered: two or more actors at work and a funder known. Thin: one actor only, or no
  funder known. Planned: only proposed. Ended: what is known is over or suspended. None recorded: a dataset covers
  this place, domain and period and records nobody. No source: no dataset covers it, so nobody may have looked.
  The score is need × (1 − credit); need is weight × pressure, and every term has its column. Covered at "region"
  means that only a programme recorded for a larger region speaks for the place, and "part" that only one in a
  part of it does. Asked for a day, a programme that no source shows at work on it stands under uncertain and
  covers nothing.
caveat: >-
  A gap is a question to ask, never proof that nobody works there: sources miss much, and where the coverage is
  partial, none recorded says little. Pressure counts what is reported, so a place that nobody studies looks calm;
  read it with the evidence gaps. A covered row says that somebody is at work, not that the work is enough or any
  good. Flows are not cut by date.
example: {place: TJ, domain: drugs}
parts: [gap_credit, gap_leg, gap_asked, gap_place, gap_presence, gap_reach, gap_topic, gap_funded, gap_money, gap_figure,
  gap_driver, gap_carried, gap_need, gap_coverage, gap_answered, gap]
once: [gap_leg, gap_place, gap_reach, gap_topic, gap_funded, gap_money, gap_figure, gap_driver, gap_carried, gap_need,
  gap_coverage, gap_answered, gap]
anew: [domain]
parameters:
  status:
    title: Status
    type: gap-status
    about: covered, thin, planned, ended, none-recorded or no-source; without it, all
    many: true
  place_role:
    title: Role of the place
    type: place-role
    about: only places that are origin, transit or destination
    many: true
filters: {place: place, response: response}
columns:
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  place_role: {title: Role of the place, type: place-role}
  response: {title: Expected response, type: response}
  status: {title: Status, type: gap-status}
  score: {title: Score, type: number, about: "need × (1 − credit)"}
  weight: {title: Weight, type: number, about: "how much the response matters, 1 helps to 3 indispensable"}
  pressure:
    title: Pressure
    type: number
    about: "1 + the mean of n / (n + 1) over flows, figures and drivers, and of the scarcity where it is known"
  need: {title: Need, type: number, about: "weight × pressure"}
  credit:
    title: Credit
    type: number
    about: "what the status counts for: covered 1, thin 0.5, planned 0.25, ended 0.1, else 0"
  reason: {title: Why it is expected, type: text}
  basis: {title: Basis, type: text}
  coverage: {title: Coverage, type: text, about: "complete, partial, or empty where no dataset covers it"}
  covered_at: {title: Covered at, type: text, about: "place, part of it, or only a region that holds it"}
  actors: {title: Actors at work, type: actor, many: true}
  funders: {title: Funders, type: actor, many: true}
  programmes: {title: Programmes, type: programme, many: true}
  planned: {title: Planned, type: programme, many: true}
  ended: {title: Ended, type: programme, many: true}
  refused:
    title: Refused
    type: programme
    many: true
    about: an authority did not permit it; its response may not be told
  uncertain:
    title: Uncertain
    type: programme
    many: true
    about: recorded, but not shown at work on the days asked for
  unstated:
    title: Unstated
    type: programme
    many: true
    about: at work in this place and domain without a source that tells its response; it might be this one
  near_actors: {title: Near, type: actor, many: true,
    about: "at work in this place and domain with another response; the first hundred"}
  flows: {title: Flows, type: flow, many: true}
  figures: {title: Figures, type: integer, about: "how many observations bear on it"}
  drivers: {title: Drivers, type: driver, many: true}
  money: {title: Money reported, type: number, about: "US dollars that sources tell of for the place and domain in the
    latest year told, where no programme there tells its budget"}
  scarcity: {title: Scarcity, type: share, about: "1 / (1 + money / median of the places told of)"}
order: [score desc, status, place, domain, place_role, response]
*/
select
    gap.place, gap.domain, gap.place_role, gap.response, gap.status,
    round(gap.weight * gap_need.pressure * (1 - gap_credit.credit), 3) as score,
    gap.weight,
    round(gap_need.pressure, 3) as pressure,
    round(gap.weight * gap_need.pressure, 3) as need,
    gap_credit.credit,
    gap.reason, gap.basis, gap.coverage, gap.covered_at,
    gap_need.flows, gap_need.figures, gap_need.drivers,
    gap_need.money, round(gap_need.scarcity, 3) as scarcity,
    gap_need.claims as need_claims
from gap
join gap_credit on gap_credit.status = gap.status
join gap_need on gap_need.place = gap.place and gap_need.domain = gap.domain
where
    ($domain is null
        or (gap.place, gap.domain, gap.place_role) in (select place, domain, role from gap_asked))
    and ($status::varchar[] is null or list_contains($status::varchar[], gap.status))
    and ($place_role::varchar[] is null or list_contains($place_role::varchar[], gap.place_role))

-- [page]
with cell as (
    select distinct place, domain from page
),

-- What bears on each cell of the page, whatever the response.
here as materialized (
    select
        cell.place, cell.domain, near.programme_no, near.actor_no, near.participation, near.response_set,
        near.works, near.pays, near.state
    from gap_presence as near
    join (
        select place, place_set from gap_reach where place in (select place from cell)
    ) as reach on reach.place_set = near.place_set
    join gap_topic on gap_topic.domain_set = near.domain_set
    join cell on cell.place = reach.place and cell.domain = gap_topic.domain
),

sought as (
    select distinct page.row_, page.place, page.domain, response_set.response_set
    from page
    join concept_within as wanted on wanted.ancestor = page.response
    join response_set on response_set.response = wanted.concept
),

answering as materialized (
    select sought.row_, here.*
    from here
    join sought
        on sought.place = here.place and sought.domain = here.domain and sought.response_set = here.response_set
),

-- Programmes whose response no source tells: they may answer any expectation here, or none.
silent as materialized (
    select page.row_, here.programme_no, here.state
    from here
    join response_set on response_set.response_set = here.response_set and response_set.response is null
    join page on page.place = here.place and page.domain = here.domain
    where here.state in ('active', 'refused')
),

standing as (
    select distinct row_, state, programme_no from answering
    union
    select distinct row_, 'refused', programme_no from silent where state = 'refused'
    union
    select distinct row_, 'unstated', programme_no from silent where state = 'active'
),

programmes as (
    select
        standing.row_,
        list_sort(list(programme.id) filter (state = 'active'))[:100] as programmes,
        list_sort(list(programme.id) filter (state = 'planned'))[:100] as planned,
        list_sort(list(programme.id) filter (state = 'ended'))[:100] as ended,
        list_sort(list(distinct programme.id) filter (state = 'refused'))[:100] as refused,
        list_sort(list(programme.id) filter (state = 'uncertain'))[:100] as uncertain,
        list_sort(list(programme.id) filter (state = 'unstated'))[:100] as unstated
    from standing
    join programme on programme.programme_no = standing.programme_no
    group by standing.row_
),

busy as materialized (
    select distinct row_, actor_no, works, pays from answering where state = 'active' and actor_no is not null
),

at_work as (
    select busy.row_, list_sort(list(distinct participant.actor))[:100] as actors
    from busy
    join participant on participant.actor_no = busy.actor_no
    where busy.works
    group by busy.row_
),

paying as materialized (
    select busy.row_, participant.actor as funder, null as tie
    from busy
    join participant on participant.actor_no = busy.actor_no
    where busy.pays
    union
    select busy.row_, gap_funded.funder, gap_funded.tie
    from busy
    join gap_funded on gap_funded.actor_no = busy.actor_no
    where busy.works
),

paid as (
    select row_, list_sort(list(distinct funder))[:100] as funders from paying group by row_
),

near as (
    select around.row_, list_sort(list(distinct participant.actor))[:100] as near_actors
    from (
        select page.row_, hand.actor_no
        from (
            select distinct place, domain, actor_no from here where state = 'active' and works and actor_no is not null
        ) as hand
        join page on page.place = hand.place and page.domain = hand.domain
        except
        select row_, actor_no from busy where works
    ) as around
    join participant on participant.actor_no = around.actor_no
    group by around.row_
),

claim as (
    select page.row_, gap_asked.leg as id
    from page
    join gap_asked
        on gap_asked.place = page.place and gap_asked.domain = page.domain and gap_asked.role = page.place_role
    union
    select row_, unnest(need_claims) from page
    union
    select row_, tie from paying where tie is not null
    union
    select row_, participation from answering where participation is not null
    union
    select row_, unnest(programmes || planned || ended || refused || uncertain || unstated)
    from (
        select row_, coalesce(programmes, []) as programmes, coalesce(planned, []) as planned,
            coalesce(ended, []) as ended, coalesce(refused, []) as refused,
            coalesce(uncertain, []) as uncertain, coalesce(unstated, []) as unstated
        from programmes
    )
),

claimed as (
    select row_, list_sort(list(id))[:100] as claims from claim group by row_
)

select
    page.row_, claimed.claims,
    coalesce(at_work.actors, []) as actors,
    coalesce(paid.funders, []) as funders,
    coalesce(near.near_actors, []) as near_actors,
    coalesce(programmes.programmes, []) as programmes,
    coalesce(programmes.planned, []) as planned,
    coalesce(programmes.ended, []) as ended,
    coalesce(programmes.refused, []) as refused,
    coalesce(programmes.uncertain, []) as uncertain,
    coalesce(programmes.unstated, []) as unstated
from page
join claimed on claimed.row_ = page.row_
left join programmes on programmes.row_ = page.row_
left join at_work on at_work.row_ = page.row_
left join paid on paid.row_ = page.row_
left join near on near.row_ = page.row_
