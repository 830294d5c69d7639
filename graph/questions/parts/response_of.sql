-- The responses of each set that the common parameter leaves: those asked for with everything narrower.
select response_set, response
from response_set
where (
    $response is null
    or response in (select concept from concept_within where list_contains($response::varchar[], ancestor)))
