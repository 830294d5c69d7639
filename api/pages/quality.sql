-- How much is unknown in each dataset: of its presences (a row a participation, and a row for a programme in which
-- nobody is known to take part) those without a period, a place, a domain, a response, a target, an actor.
-- One pass over the numbers: the sets that stand for unknown are few.
with no_place as (
    select place_set from place_set where place is null
),

no_domain as (
    select domain_set from domain_set where domain is null
),

no_response as (
    select response_set from response_set where response is null
),

no_target as (
    select target_set from target_set where target is null
)

select
    dataset,
    count(*) as presences,
    count(*) filter (from_date is null and to_date is null) as period,
    count(*) filter (place_set in (select place_set from no_place)) as place,
    count(*) filter (domain_set in (select domain_set from no_domain)) as domain,
    count(*) filter (response_set in (select response_set from no_response)) as response,
    count(*) filter (target_set in (select target_set from no_target)) as target,
    count(*) filter (actor_no is null) as actor
from engagement
group by dataset
order by dataset
