-- The places of each set that the common parameter leaves: those asked for, what lies within them and the regions that
-- hold them. A set without a known place holds null, which is left only where no place is asked for.
select place_set, place
from place_set
where (
    $place is null
    or place in (select place from place_within where list_contains($place::varchar[], ancestor))
    or place in (select ancestor from place_within where list_contains($place::varchar[], place)))
