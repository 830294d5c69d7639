/*
title: Should meet
asks: Which actors work on the same things in the same places without any recorded contact?
read: >-
  One row a pair of lead actors whose programmes overlap while no source records a tie between them, that one is part
  of the other, that both are units of one organisation, or that both take part in some programme that runs or ran.
  `Score` is their strongest overlap, and the strongest comes first; `Sum` adds all of them up. `Known to both` are
  actors with a tie to each: the ones who could introduce them (an organisation stands for its units). `Planned` tells
  that at least one of the programmes is only proposed: the cheapest time to meet.
caveat: >-
  What no source records may well exist: they may meet every week. A tie in another place or domain hides a pair that
  never speaks here. The scores rest on what is known of each programme; the question on overlaps shows how much.
example: {place: TJ}
parts: [place_of, domain_of, response_of, target_of, work, weights, pair_code, pair_effort, pair_idle,
  pair_many, pair_meets, pair_near, pair_member, pair_nested, pair_same, pair_same_coded, pair_even,
  pair_compared, pair_masked, pair_every, pair_met, pair_record, pair_engaged, pair_lead, pair_apart, pair_met_actors, pair_meeting, pair_tie,
  pair_house, pair_stand, pair_strangers, pair_led, pair_between, pair_contact]
once: [pair_code, pair_tie]
filters: {place: places}
columns:
  actor: {title: Actor, type: actor}
  other: {title: Other actor, type: actor}
  score: {title: Score, type: number,
    about: "strongest overlap of a programme of the one with one of the other, 0 to 1"}
  sum_score: {title: Sum, type: number, about: all overlaps between them added up}
  pairs: {title: Overlaps, type: integer, about: pairs of programmes}
  planned: {title: Planned, type: boolean, about: a programme in one of the overlaps is only proposed}
  programmes: {title: Programmes, type: programme, many: true}
  places: {title: Places, type: place, many: true}
  domains: {title: Domains, type: domain, many: true}
  responses: {title: Responses, type: response, many: true}
  known_to_both: {title: Known to both, type: actor, many: true}
order: [score desc, known desc, a_no, b_no, actor, other]
*/
with told as (
    select row_, round(sum(score), 4) as sum_score, count(*) as pairs
    from pair_between
    group by row_
),
side as (
    select distinct row_, a_no as effort_no from pair_between
    union
    select row_, b_no from pair_between
),
programmes as (
    select
        side.row_,
        bool_or(coalesce(effort.status = 'status/proposed', false)) as planned,
        list_sort(list(effort.programme)) as programmes
    from side
    join effort on effort.effort_no = side.effort_no
    group by side.row_
),
places as (
    select sets.row_, list_sort(list(distinct x.place)) as places
    from (
        select distinct row_, a_set as finer, b_set as other from pair_between
        union
        select row_, b_set, a_set from pair_between
    ) as sets
    join place_of as x on x.place_set = sets.finer
    join place_within on place_within.place = x.place
    join place_of as y on y.place_set = sets.other and y.place = place_within.ancestor
    group by sets.row_
),
domain_code as (
    select pair_code.no, domain_of.domain as code
    from (select no, min(set_no) as set_no from pair_code where kind = 'domain' group by no) as pair_code
    join domain_of on domain_of.domain_set = pair_code.set_no
),
response_code as (
    select pair_code.no, response_of.response as code
    from (select no, min(set_no) as set_no from pair_code where kind = 'response' group by no) as pair_code
    join response_of on response_of.response_set = pair_code.set_no
),
domains as (
    select sets.row_, list_sort(list_distinct(list(x.code) || list(y.code))) as domains
    from (
        select distinct row_, a_domain as narrower, b_domain as broader from pair_between
        union
        select row_, b_domain, a_domain from pair_between
    ) as sets
    join domain_code as x on x.no = sets.narrower
    join concept_within on concept_within.concept = x.code
    join domain_code as y on y.no = sets.broader and y.code = concept_within.ancestor
    group by sets.row_
),
responses as (
    select sets.row_, list_sort(list(distinct x.code)) as responses
    from (select distinct row_, a_response, b_response from pair_between) as sets
    join response_code as x on x.no = sets.a_response
    join response_code as y on y.no = sets.b_response and y.code = x.code
    group by sets.row_
),
claimed as (
    select row_, list_sort(list(distinct claim))[:100] as claims
    from (
        select side.row_, programme.id as claim
        from side
        left join effort_of on effort_of.effort_no = side.effort_no
        join programme on programme.programme_no = coalesce(effort_of.programme_no, side.effort_no)
        union all
        select side.row_, engagement.participation
        from side
        join engagement on engagement.effort_no = side.effort_no
            and engagement.role in ('role/accountable', 'role/implementing')
    )
    group by row_
)
select
    page.row_, page.reach, page.known, page.a_no, page.b_no, page.actor, page.other, page.score,
    told.sum_score, told.pairs,
    programmes.planned, programmes.programmes,
    places.places, domains.domains, responses.responses,
    coalesce(pair_contact.known_to_both, []) as known_to_both,
    claimed.claims
from page
join told on told.row_ = page.row_
join programmes on programmes.row_ = page.row_
join places on places.row_ = page.row_
join domains on domains.row_ = page.row_
join responses on responses.row_ = page.row_
join claimed on claimed.row_ = page.row_
left join pair_contact on pair_contact.row_ = page.row_
