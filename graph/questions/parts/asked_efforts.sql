-- The efforts with a presence that the common parameters leave: all of them where nothing is asked for.
select effort_no
from effort
where
    $place is null and $domain is null and $response is null and $target is null and $actor is null
    and $role is null and $dataset is null and $on is null and $from is null and $to is null
union
select effort_no
from asked
where
    $place is not null or $domain is not null or $response is not null or $target is not null or $actor is not null
    or $role is not null or $dataset is not null or $on is not null or $from is not null or $to is not null
