-- The legs of the flows that carry what is asked for.
select distinct leg, flow, place, role, domain
from gap_leg
where (
    $domain is null
    or carried in (select concept from concept_within where list_contains($domain::varchar[], ancestor)))
