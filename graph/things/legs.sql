-- The legs of one flow: from the places of origin over those of transit to the destinations. `total` is how many.
with mine as (
    select
        id, any_value(place) as place, any_value(role) as role, any_value(next) as next,
        min(from_date) as from_date, max(to_date) as to_date, any_value(description) as description
    from leg
    where flow = $thing
    group by id
)

select *, [id] as claims, count(*) over () as total
from mine
order by
    list_position(['place-role/origin', 'place-role/transit', 'place-role/destination'], role) nulls last,
    place, next, id
limit $most
