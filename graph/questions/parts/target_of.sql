-- The targets of each set that the common parameter leaves: those asked for with everything narrower.
select target_set, target
from target_set
where (
    $target is null
    or target in (select concept from concept_within where list_contains($target::varchar[], ancestor)))
