/*
title: Recommendations
asks: Who recommended what to whom, how was it judged, and does something of the kind exist already?
read: >-
  One row a recommendation. Ratings are those that a source gave to it. Existing are recorded programmes with the
  same response (or a narrower or broader one) whose domain and place meet those of the recommendation; where it
  names no domain or place, any will do. Proposed, refused and cancelled programmes are not among them, nor is the
  meeting where it was made.
caveat: >-
  An existing programme overlaps with a recommendation by its codes; whether it does what was meant is for review,
  and where place or domain is not named the overlap is loose. That none exists means that none is recorded.
example: {domain: persons}
parts: []
filters: {place: places, domain: domains, response: responses, target: targets}
columns:
  recommendation: {title: Recommendation, type: recommendation}
  proposers: {title: Proposed by, type: actor, many: true}
  made_at: {title: Made at, type: programme}
  addressees: {title: Addressed to, type: actor, many: true}
  domains: {title: Domains, type: domain, many: true}
  places: {title: Places, type: place, many: true}
  responses: {title: Responses, type: response, many: true}
  targets: {title: Targets, type: target, many: true}
  ratings: {title: Ratings, type: rating, many: true}
  judgements: {title: Judgements, type: text, many: true}
  existing: {title: Existing, type: programme, many: true, about: the first hundred at most}
  existing_count: {title: Number existing, type: integer}
  description: {title: Description, type: text}
order: [existing_count desc, recommendation]
*/
with judged as (
    select
        topic.thing as recommendation,
        list_sort(list(distinct rating)) as ratings,
        list_sort(list(distinct description)) as judgements,
        list(distinct assessment.id) as claims
    from assessment
    cross join unnest(about) as topic(thing)
    group by topic.thing
),

-- What is recorded under a broader or a narrower code bears on the recommendation alike.
kin as (
    select concept as code, ancestor as other from concept_within
    union
    select ancestor, concept from concept_within
),

near as (
    select place, ancestor as other from place_within
    union
    select ancestor, place from place_within
),

said as materialized (
    select row_number() over () as said_no, * from recommendation
),

-- The sets of responses, domains and places of programmes that bear on each.
by_response as (
    select distinct said.said_no, response_set.response_set
    from said
    cross join unnest(said.responses) as wanted(code)
    join kin on kin.code = wanted.code
    join response_set on response_set.response = kin.other
),

by_domain as (
    select distinct said.said_no, domain_set.domain_set
    from said
    cross join unnest(said.domains) as wanted(code)
    join kin on kin.code = wanted.code
    join domain_set on domain_set.domain = kin.other
),

by_place as (
    select distinct said.said_no, place_set.place_set
    from said
    cross join unnest(said.places) as wanted(place)
    join near on near.place = wanted.place
    join place_set on place_set.place = near.other
),

answered as (
    select distinct said.id as recommendation, programme.id as programme
    from said
    join by_response using (said_no)
    join programme on programme.response_set = by_response.response_set
    where
        (programme.status is null or programme.status not in ('status/proposed', 'status/refused', 'status/cancelled'))
        and (said.made_at is null or said.made_at <> programme.id)
        and (len(said.domains) = 0 or (said.said_no, programme.domain_set) in (select (said_no, domain_set) from by_domain))
        and (len(said.places) = 0 or (said.said_no, programme.place_set) in (select (said_no, place_set) from by_place))
),

existing as (
    select recommendation, count(*) as programmes_count, list(programme order by programme)[:100] as programmes
    from answered
    group by recommendation
)

select distinct
    recommendation.id as recommendation,
    recommendation.proposers, recommendation.made_at, recommendation.addressees,
    recommendation.domains, recommendation.places, recommendation.responses, recommendation.targets,
    coalesce(judged.ratings, []) as ratings,
    coalesce(judged.judgements, []) as judgements,
    coalesce(existing.programmes, []) as existing,
    coalesce(existing.programmes_count, 0) as existing_count,
    recommendation.description,
    list_sort([recommendation.id] || coalesce(judged.claims, []) || coalesce(existing.programmes, [])) as claims
from recommendation
left join judged on judged.recommendation = recommendation.id
left join existing on existing.recommendation = recommendation.id
where
    ($actor is null or exists (
        select 1 from actor_within
        where
            list_contains($actor::varchar[], ancestor)
            and (list_contains(recommendation.addressees, actor_within.actor)
                or list_contains(recommendation.proposers, actor_within.actor))))
    and ($dataset is null or list_contains($dataset::varchar[], recommendation.dataset))
