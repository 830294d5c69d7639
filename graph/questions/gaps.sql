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
parts: [gap_credit, gap_leg, gap_place, gap_presence, gap_need, gap_coverage, gap]
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
    about: "1 + the mean of n / (n + 1) over flows, figures and drivers"
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
  near_actors: {title: Near, type: actor, many: true, about: "at work in this place and domain with another response"}
  flows: {title: Flows, type: flow, many: true}
  figures: {title: Figures, type: integer, about: "how many observations bear on it"}
  drivers: {title: Drivers, type: driver, many: true}
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
    gap.actors, gap.funders, gap.programmes, gap.planned, gap.ended, gap.refused, gap.uncertain, gap.unstated,
    gap.near_actors,
    gap_need.flows, gap_need.figures, gap_need.drivers,
    list_sort(list_distinct(gap.claims || gap_need.claims)) as claims
from gap
join gap_credit using (status)
join gap_need using (place, domain)
where
    ($status::varchar[] is null or list_contains($status::varchar[], gap.status))
    and ($place_role::varchar[] is null or list_contains($place_role::varchar[], gap.place_role))
