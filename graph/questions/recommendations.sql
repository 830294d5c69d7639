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
  existing: {title: Existing, type: programme, many: true}
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

running as (
    select distinct programme.id as programme, place, domain, response
    from engagement
    join programme using (programme_no)
    join response_set on response_set.response_set = engagement.response_set
    join place_set on place_set.place_set = engagement.place_set
    join domain_set on domain_set.domain_set = engagement.domain_set
    where
        response is not null
        and response in (select kin.other from recommendation cross join unnest(recommendation.responses) as w(code)
            join kin on kin.code = w.code)
        and (engagement.status is null or engagement.status not in ('status/proposed', 'status/refused', 'status/cancelled'))
),

answered as (
    select distinct recommendation.id as recommendation, running.programme
    from recommendation
    cross join unnest(recommendation.responses) as wanted(response)
    join kin as kin_response on kin_response.code = wanted.response
    join running on running.response = kin_response.other
    where
        (recommendation.made_at is null or recommendation.made_at <> running.programme)
        and (
            len(recommendation.domains) = 0
            or exists (
                select 1 from kin
                where kin.other = running.domain and list_contains(recommendation.domains, kin.code))
        )
        and (
            len(recommendation.places) = 0
            or exists (
                select 1 from near
                where near.other = running.place and list_contains(recommendation.places, near.place))
        )
),

existing as (
    select recommendation, list_sort(list(programme)) as programmes
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
    len(coalesce(existing.programmes, [])) as existing_count,
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
