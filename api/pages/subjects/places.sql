-- Countries by how many efforts are recorded for them or for what lies in them, each with the domain that most flows
-- carry past it and in which something is expected; null where none passes. To ask about what most is known of.
with country as (
    select distinct id as place from place where class = 'con:Country'
),

counted as (
    select place_within.ancestor as place, count(distinct running.effort_no) as efforts
    from place_within
    join place_set on place_set.place = place_within.place
    join running on running.place_set = place_set.place_set
    where place_within.ancestor in (select place from country)
    group by place_within.ancestor
),

passed as (
    select leg.place, expected.domain, count(distinct leg.flow) as flows
    from leg
    join flow on flow.id = leg.flow
    cross join unnest(flow.domains) as carried(domain)
    join concept_within on concept_within.concept = carried.domain
    join (select distinct domain from expectation) as expected on expected.domain = concept_within.ancestor
    group by leg.place, expected.domain
)

select counted.place, counted.efforts, max_by(passed.domain, (passed.flows, passed.domain)) as domain
from counted
left join passed on passed.place = counted.place
group by counted.place, counted.efforts
order by counted.efforts desc, counted.place
limit $most
