-- What sources say is paid for a place and domain, in US dollars in the latest year that any of them tells, and how
-- scarce that is beside the other places told of for the same domain: 1 / (1 + money / median), so 0.5 in the middle
-- and near 1 where next to nothing is paid. What one donor pays is not the whole and left out; of sources that tell the
-- same year the largest sum counts. Only where no programme there tells its budget: else its money would count twice.
with told as (
    select
        observation.place, wanted.ancestor as domain, extract(year from observation.ends) as year, observation.dataset,
        sum(observation.value) as money,
        list(distinct observation.id) as claims
    from observation
    join concept_within as wanted on wanted.concept = observation.domain
    where
        observation.measure = 'measure/funding' and observation.unit = 'unit/us-dollar'
        and observation.value >= 0 and observation.place is not null and observation.ends is not null
        and len(observation.about) = 0
        and ($dataset is null or list_contains($dataset::varchar[], observation.dataset))
        and ($on::date is null or observation.starts <= $on::date)
        and ($to::date is null or observation.starts <= $to::date)
    group by all
),
latest as materialized (
    select place, domain, max_by(money, (year, money)) as money, max_by(claims, (year, money)) as claims
    from told
    group by place, domain
),
budgeted as (
    select distinct latest.place, latest.domain
    from latest
    join place_within on place_within.ancestor = latest.place
    join place_set on place_set.place = place_within.place
    join running on running.place_set = place_set.place_set and running.budget > 0
    join domain_set on domain_set.domain_set = running.domain_set
    join concept_within on concept_within.concept = domain_set.domain and concept_within.ancestor = latest.domain
)
select
    latest.place, latest.domain, latest.money,
    1 / (1 + latest.money / nullif(median(latest.money) over (partition by latest.domain), 0)) as scarcity,
    latest.claims
from latest
where not exists (
    select 1 from budgeted where budgeted.place = latest.place and budgeted.domain = latest.domain)
