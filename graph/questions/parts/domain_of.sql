-- The domains of each set that the common parameter leaves: those asked for with everything narrower.
select domain_set, domain
from domain_set
where (
    $domain is null
    or domain in (select concept from concept_within where list_contains($domain::varchar[], ancestor)))
