-- The efforts with a presence that the common parameters leave: all of them where nothing is asked for.
select effort_no
from effort
where
    ($place is null and $domain is null and $response is null and $target is null and $actor is null
        and $role is null and $dataset is null and $on is null and $from is null and $to is null)
    or effort_no in (select effort_no from asked)
