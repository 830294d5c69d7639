/*
title: Mandates
asks: Whose task is it, where and on what?
read: >-
  One row a mandate as a source states it. `Leads` is the one that others look to first, `main player` one of a few
  where nobody is in front, `supports` a recognised task beside them. `Also` are other actors at the same level for
  the same domain and place: two that lead the same is worth a conversation. Where a source names no place or
  response, the cell is empty; such a mandate is listed for every place, and `Reach` says so.
caveat: >-
  A mandate says whose task it is held to be, by the source of the row, not that the task is carried out. What an
  actor does without a mandate is found under its programmes.
example: {domain: drugs}
parameters:
  level:
    title: Level
    type: mandate-level
    many: true
    about: leads, main-player or supports; all of them when not given
filters: {actor: actor, level: level, domain: domain, response: responses, period: [from_date, to_date]}
columns:
  mandate: {title: Mandate, type: mandate}
  actor: {title: Actor, type: actor}
  level: {title: Level, type: mandate-level}
  domain: {title: Domain, type: domain}
  place: {title: Place, type: place}
  responses: {title: Responses, type: response, many: true}
  also: {title: Also, type: actor, many: true, about: others at the same level for the same domain and place; the first 100 of them}
  also_count: {title: How many, type: integer, about: how many others there are}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  attested: {title: Attested, type: boolean, about: a bound is only a date on which the source saw it so}
  reach: {title: Reach, type: text,
    about: "where a place was asked for: within it, containing it, or unnamed by the source"}
  description: {title: In words, type: text}
order: [domain, place, level, actor, mandate]
*/
with inside as (
    select place from place_within where list_contains($place::varchar[], ancestor)
),
outside as (
    select ancestor as place from place_within where list_contains($place::varchar[], place)
)
select
    mandate.id as mandate, mandate.actor, mandate.level, mandate.domain, mandate.place,
    list_sort(list_distinct(flatten(list(mandate.responses)))) as responses,
    min(mandate.from_date) as from_date,
    max(mandate.to_date) as to_date,
    bool_or(mandate.attested) as attested,
    min_by(mandate.description, mandate.dataset) as description,
    case
        when $place is null then null
        when mandate.place is null then 'unnamed'
        when mandate.place in (select place from inside) then 'within'
        else 'containing'
    end as reach,
    [mandate.id] as claims
from mandate
where $place is null or mandate.place is null
    or mandate.place in (select place from inside) or mandate.place in (select place from outside)
group by mandate.id, mandate.actor, mandate.level, mandate.domain, mandate.place

-- [page]
select
    page.row_,
    coalesce(list_sort(list(distinct other.actor) filter (other.actor is not null))[:100], []) as also,
    count(distinct other.actor) as also_count
from page
left join mandate as other
    on other.level = page.level and other.domain = page.domain
    and other.place is not distinct from page.place and other.actor <> page.actor
group by page.row_
