-- The sets of domains that speak for a domain in which responses are expected: a programme for drugs at large speaks
-- for heroin, and one for heroin speaks for drugs.
select distinct kin.domain, domain_set.domain_set
from domain_set
join (
    select concept as recorded, ancestor as domain from concept_within
    union
    select ancestor, concept from concept_within
) as kin on kin.recorded = domain_set.domain
join (select distinct domain from expectation) as expected on expected.domain = kin.domain
