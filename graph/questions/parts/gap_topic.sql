-- The sets of domains that speak for the domain of a leg: a programme for drugs at large speaks for heroin, and one for
-- heroin speaks for drugs.
select distinct kin.domain, domain_set.domain_set
from domain_set
join (
    select concept as recorded, ancestor as domain from concept_within
    union
    select ancestor, concept from concept_within
) as kin on kin.recorded = domain_set.domain
join (select distinct domain from gap_leg) as cell on cell.domain = kin.domain
