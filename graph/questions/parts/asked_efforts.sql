-- The efforts with a presence that the common parameters leave, some of them more than once. A presence has the places,
-- domains, responses and targets of its record, so that records are looked through where nothing else is asked for.
select coalesce(effort_of.effort_no, programme.programme_no) as effort_no
from programme
left join effort_of on effort_of.programme_no = programme.programme_no
where
    $actor is null and $role is null and $dataset is null and $on is null and $from is null and $to is null
    and ($place is null or place_set in (select place_set from place_of))
    and ($domain is null or domain_set in (select domain_set from domain_of))
    and ($response is null or response_set in (select response_set from response_of))
    and ($target is null or target_set in (select target_set from target_of))
union all
select effort_no
from asked
where
    $actor is not null or $role is not null or $dataset is not null
    or $on is not null or $from is not null or $to is not null
