/*
title: Evidence gaps
asks: Of which places and domains do we know too little to plan?
read: >-
  One row a place and domain that some source speaks of. The score is the mean of three terms. Few is 1 /
  documents, so 1 with a single one. Old is age / (age + 5), age being the years between the latest claim and the
  day asked for, or the latest claim of all. Admitted is n / (n + 1) over the statements in which a source says
  that it knows little about the place or a part of it; what is said of a region that holds it is shown beside
  them and not counted. Claims count for a place when they are about it or a part of it. Denials are shown too:
  where officials deny a problem, figures are seldom kept.
caveat: >-
  Many documents may all repeat one; look at who they rely on. A place that no claim mentions at all has no row
  here, and is the worst known of all. A domain with few claims may be a place without that traffic.
example: {domain: persons}
parts: [top_domain, said]
filters: {place: place, domain: domain}
columns:
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  score: {title: Score, type: share, about: "mean of few, old and admitted"}
  few: {title: Few, type: share, about: "1 / documents"}
  old: {title: Old, type: share, about: "age / (age + 5 years)"}
  admitted: {title: Admitted, type: share, about: "n / (n + 1) over statements of a lack of knowledge"}
  documents: {title: Documents, type: source, many: true, about: "read, or relied on by one that was read"}
  claim_count: {title: Claims, type: integer}
  latest: {title: Latest, type: date}
  age: {title: Age in years, type: number}
  knowledge_gaps: {title: What is not known, type: text, many: true}
  regional_gaps: {title: Not known of its region, type: text, many: true}
  denials: {title: Denials, type: text, many: true}
order: [score desc, claim_count, place, domain]
*/
with newest as (
    select coalesce($on::date, max(stated_on)) as day from said
),

counted as (
    select
        cell.place,
        cell.domain,
        list_distinct(
            list(said.source) filter (said.source is not null)
            || flatten(list(said.attributed_to))
        ) as origins,
        count(distinct said.claim) as claim_count,
        max(said.stated_on) as latest,
        list(distinct said.claim) as claims
    from (select distinct place, domain from said where of_traffic) as cell
    join (select distinct place, ancestor from place_within union select place, place from said) as part
        on part.ancestor = cell.place
    join said on said.place = part.place and said.domain = cell.domain
    group by cell.place, cell.domain
),

-- Statements of a lack of knowledge and denials, by every place that they touch.
silence as (
    select touched.place, touched.own, said.domain, statement.id, statement.class, statement.description
    from said
    join statement on statement.id = said.claim and statement.class in ('con:KnowledgeGap', 'con:Denial')
    join (
        select place as stated, ancestor as place, true as own from place_within
        union
        select place, place, true from said
        union
        select ancestor, place, false from place_within where depth > 0
    ) as touched on touched.stated = said.place
),

untold as (
    select
        place,
        domain,
        count(distinct id) filter (class = 'con:KnowledgeGap' and own) as gaps,
        list_sort(list(distinct description) filter (class = 'con:KnowledgeGap' and own)) as knowledge_gaps,
        list_sort(list(distinct description) filter (class = 'con:KnowledgeGap' and not own)) as regional_gaps,
        list_sort(list(distinct description) filter (class = 'con:Denial' and own)) as denials,
        list(distinct id) as claims
    from silence
    group by place, domain
),

termed as (
    select
        counted.place,
        counted.domain,
        list_sort(coalesce(
            (select list(origin) from unnest(counted.origins) as o(origin) where starts_with(origin, 'source/')), []))
            as documents,
        counted.claim_count,
        counted.latest,
        date_diff('day', counted.latest, newest.day) / 365.25 as age,
        coalesce(untold.gaps, 0) as gaps,
        coalesce(untold.knowledge_gaps, []) as knowledge_gaps,
        coalesce(untold.regional_gaps, []) as regional_gaps,
        coalesce(untold.denials, []) as denials,
        list_sort(list_distinct(counted.claims || coalesce(untold.claims, []))) as claims
    from counted
    cross join newest
    left join untold using (place, domain)
)

select
    place, domain,
    round((1.0 / greatest(1, len(documents)) + coalesce(age / (age + 5), 1) + gaps / (gaps + 1.0)) / 3, 3) as score,
    round(1.0 / greatest(1, len(documents)), 3) as few,
    round(coalesce(age / (age + 5), 1), 3) as old,
    round(gaps / (gaps + 1.0), 3) as admitted,
    documents, claim_count, latest, round(age, 1) as age, knowledge_gaps, regional_gaps, denials,
    claims
from termed
