-- What sources say of one thing in their own judgement, and what it says: assessments, statements and denials that are
-- about it, for its place, or by it. `total` is how many there are.
with spoken as (
    select
        id, 'con:Assessment' as class, assessors as speakers, rating, about, [] as denies, places, description
    from assessment
    union all
    select id, class, speakers, null, about, denies, places, description
    from statement
),

mine as (
    select
        id, substr(any_value(class), 5) as class, any_value(speakers) as speakers, any_value(rating) as rating,
        any_value(about) as about, any_value(denies) as denies, any_value(description) as description
    from spoken
    where
        list_contains(about, $thing) or list_contains(places, $thing)
        or list_contains(speakers, $thing) or list_contains(denies, $thing)
    group by id
)

select *, [id] as claims, count(*) over () as total
from mine
order by len(denies) desc, class <> 'Denial', rating is null, class, id
limit $most
