-- Places and domains with how many documents speak of them, how lately, and what they say they do not know.
with recursive said as materialized (
    select distinct bearing.place, t.top as domain, bearing.claim, bearing.of_traffic
    from (
        select leg.place, d.domain, leg.code as claim, true as of_traffic from leg join flow_domain as d using (flow)
        union all
        select c.place, c.domain, x.code, false from cell as c join participation as x using (programme)
        union all
        select place, domain, programme, false from cell
        union all
        select place, domain, code, true from observation
        union all
        select place, domain, code, false from mandate
        union all
        select p.place, d.domain, influence, true
        from influence_place as p join influence_domain as d using (influence)
        union all
        select p.place, d.domain, claim, false from judged_place as p join judged_domain as d using (claim)
        union all
        select p.place, d.domain, statement, true
        from statement_place as p join statement_domain as d using (statement)
        union all
        select p.place, t.top, p.statement, false
        from statement_place as p cross join (select distinct top from top_domain) as t
        where p.statement not in (select statement from statement_domain)
    ) as bearing
    join top_domain as t on t.domain = bearing.domain
    where bearing.place is not null
        and t.top in (select concept from narrower($domain))  -- if domain
),
dated as (
    select claim.code as claim, claim.source, claim.attributed_to, coalesce(claim.stated_on, source.issued) as stated_on
    from claim left join source on source.code = claim.source
),
newest as (
    select max(stated_on) as day
    from dated
    where claim in (
        select leg.code from leg join flow_domain using (flow) where place is not null
        union all select code from observation where place is not null and domain is not null
        union all select code from mandate where place is not null
        union all select influence from influence_place join influence_domain using (influence)
        union all select claim from judged_place join judged_domain using (claim)
        union all select statement from statement_place
        union all select programme from cell where place is not null and domain is not null
        union all select x.code from cell join participation as x using (programme)
            where cell.place is not null and cell.domain is not null)
),
target as (
    select distinct place, domain from said where of_traffic
),
spoken as materialized (
    select distinct target.place, target.domain, said.claim
    from target
    join place_within as w on w.ancestor = target.place
    join said on said.place = w.place and said.domain = target.domain
),
counted as (
    select spoken.place, spoken.domain, count(*) as claim_count, max(dated.stated_on) as latest,
        count(distinct dated.source) as sources, list(distinct dated.source) as read
    from spoken join dated using (claim)
    group by spoken.place, spoken.domain
),
relied as (
    select place, domain, list(distinct origin) as origins
    from (
        select spoken.place, spoken.domain, unnest(dated.attributed_to) as origin
        from spoken join dated using (claim) where len(dated.attributed_to) > 0
    )
    where origin in (select code from thing where starts_with(id, 'source/'))
    group by place, domain
),
silent as (
    select w.ancestor as place, said.domain, count(distinct statement.code) as gaps
    from said
    join statement on statement.code = said.claim and statement.class = 'KnowledgeGap'
    join place_within as w on w.place = said.place
    group by w.ancestor, said.domain
),
termed as (
    select
        counted.place, counted.domain, claim_count, latest,
        len(list_distinct(coalesce(read, []) || coalesce(origins, []))) as documents,
        date_diff('day', latest, newest.day) / 365.25 as age, coalesce(gaps, 0) as gaps
    from counted
    cross join newest
    left join relied using (place, domain)
    left join silent using (place, domain)
)
select
    place, domain,
    round((1.0 / greatest(1, documents) + coalesce(age / (age + 5), 1) + gaps / (gaps + 1.0)) / 3, 3) as score,
    round(1.0 / greatest(1, documents), 3) as few,
    round(coalesce(age / (age + 5), 1), 3) as old,
    round(gaps / (gaps + 1.0), 3) as admitted,
    claim_count, latest, round(age, 1) as age,
    count(*) over () as total
from termed
order by score desc, claim_count, place, domain
limit $limit
