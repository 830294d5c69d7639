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
once: [found]
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
with cell as materialized (
    select distinct place, domain from said where of_traffic
),

part as materialized (
    select place, ancestor from place_within where ancestor in (select place from cell)
    union
    select place, place from said where place in (select place from cell)
),

-- What is said of programmes, summed up by set: each counts once for a place, however many of its parts it names.
told as (
    select reach.place, topic.domain, evidence.*
    from evidence
    join (
        select distinct part.ancestor as place, place_set.place_set
        from place_set
        join part on part.place = place_set.place
    ) as reach on reach.place_set = evidence.place_set
    join (
        select distinct top_domain.top as domain, domain_set.domain_set
        from domain_set
        join top_domain on top_domain.domain = domain_set.domain
    ) as topic on topic.domain_set = evidence.domain_set
    where
        ($dataset is null or list_contains($dataset::varchar[], evidence.dataset))
        and ($on::date is null or evidence.stated_on is null or evidence.stated_on <= $on::date)
),

spoken as (
    select place, domain, source, attributed_to, stated_on, 1 as claims
    from (
        select distinct cell.place, cell.domain, said.claim, said.source, said.attributed_to, said.stated_on
        from said
        join part on part.place = said.place
        join cell on cell.place = part.ancestor and cell.domain = said.domain
    )
    union all
    select
        told.place, told.domain, told.source, told.attributed_to,
        coalesce(told.stated_on, cast(document.issued || substr('-01-01', length(document.issued) - 3) as date)),
        told.claims
    from told
    join cell on cell.place = told.place and cell.domain = told.domain
    left join (select id, min(issued) as issued from source group by id) as document on document.id = told.source
),

-- What one source says, and then all of them.
heard as materialized (
    select
        place, domain, source, attributed_to,
        sum(claims) as claims, max(stated_on) as latest
    from spoken
    group by place, domain, source, attributed_to
),

newest as (
    select coalesce(
        $on::date,
        greatest((select max(stated_on) from said), (select max(stated_on) from evidence), (select max(latest) from heard))
    ) as day
),

counted as (
    select
        place, domain,
        list_distinct(list(source) filter (source is not null) || flatten(list(attributed_to))) as origins,
        sum(claims) as claim_count,
        max(latest) as latest
    from heard
    group by place, domain
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
        list_sort(list(distinct description) filter (class = 'con:Denial' and own)) as denials
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
        coalesce(untold.denials, []) as denials
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
    documents, claim_count, latest, round(age, 1) as age, knowledge_gaps, regional_gaps, denials
from termed

-- [page]
with about as (
    select page.row_, page.domain, place_within.place
    from place_within
    join page on page.place = place_within.ancestor
    union
    select row_, domain, place from page
),
claim as (
    select about.row_, said.claim
    from said
    join about on about.place = said.place and about.domain = said.domain
    union
    select about.row_, evidence.claim
    from evidence
    join place_set on place_set.place_set = evidence.place_set
    join domain_set on domain_set.domain_set = evidence.domain_set
    join top_domain on top_domain.domain = domain_set.domain
    join about on about.place = place_set.place and about.domain = top_domain.top
    where
        ($dataset is null or list_contains($dataset::varchar[], evidence.dataset))
        and ($on::date is null or evidence.stated_on is null or evidence.stated_on <= $on::date)
),
silent as (
    select page.row_, said.claim
    from said
    join statement on statement.id = said.claim and statement.class in ('con:KnowledgeGap', 'con:Denial')
    join place_within on place_within.ancestor = said.place and place_within.depth > 0
    join page on page.place = place_within.place and page.domain = said.domain
)
select row_, list_sort(list_distinct(min(claim, 100) || coalesce(any_value(silence.claims), []))) as claims
from claim
left join (select row_, list(distinct claim) as claims from silent group by row_) as silence using (row_)
group by row_
