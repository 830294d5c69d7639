/*
title: Should meet
asks: Which actors work on the same things in the same places without any recorded contact?
read: >-
  One row a pair of lead actors whose programmes overlap while no source records a tie between them, that one is part
  of the other, that both are units of one organisation, or that both take part in some programme that runs or ran.
  `Score` is their strongest overlap, `Sum` adds all of them up. `Known to both` are actors with a tie to each: the
  ones who could introduce them (an organisation stands for its units). `Planned` tells that at least one of the
  programmes is only proposed: the cheapest time to meet.
caveat: >-
  What no source records may well exist: they may meet every week. A tie in another place or domain hides a pair that
  never speaks here. The scores rest on what is known of each programme; the question on overlaps shows how much.
example: {place: TJ}
parts: [work, efforts, weights, overlap, houses, together]
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
order: [score desc, sum_score desc, pairs desc, actor, other]
*/
with meeting as (
    select
        least(x.lead, y.lead) as actor, greatest(x.lead, y.lead) as other,
        overlap.*
    from overlap
    cross join unnest(overlap.leads_a) as x(lead)
    cross join unnest(overlap.leads_b) as y(lead)
),
apart as (
    select distinct actor, other from meeting
    except
    select actor, other from together
    except
    select x.actor, y.actor
    from participation as x
    join participation as y on y.programme = x.programme
    join programme on programme.id = x.programme
    where coalesce(programme.status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
),
middle as (
    select distinct apart.actor, apart.other, x.other as contact
    from apart
    join together as x on x.actor = apart.actor
    join together as y on y.actor = apart.other and y.other = x.other
),
unit as (
    select distinct middle.actor, middle.other, middle.contact
    from middle
    join houses on houses.actor = middle.contact and houses.house <> middle.contact
    join middle as whole
        on whole.actor = middle.actor and whole.other = middle.other and whole.contact = houses.house
),
contact as (
    select actor, other, list_sort(list(contact)) as known_to_both
    from (select * from middle except select * from unit)
    group by actor, other
)
select
    meeting.actor, meeting.other,
    max(meeting.score) as score,
    round(sum(meeting.score), 4) as sum_score,
    count(*) as pairs,
    bool_or(coalesce(meeting.status_a = 'status/proposed' or meeting.status_b = 'status/proposed', false)) as planned,
    list_sort(list_distinct(list(meeting.a) || list(meeting.b))) as programmes,
    list_sort(list_distinct(flatten(list(meeting.places)))) as places,
    list_sort(list_distinct(flatten(list(meeting.domains)))) as domains,
    list_sort(list_distinct(flatten(list(meeting.responses)))) as responses,
    coalesce(any_value(contact.known_to_both), []) as known_to_both,
    list_sort(list_distinct(list(meeting.a) || list(meeting.b) || flatten(list(meeting.lead_claims)))) as claims
from meeting
join apart on apart.actor = meeting.actor and apart.other = meeting.other
left join contact on contact.actor = meeting.actor and contact.other = meeting.other
where $actor is null or list_has_any([meeting.actor, meeting.other],
    (select list(actor) from actor_within where list_contains($actor::varchar[], ancestor)))
group by meeting.actor, meeting.other
