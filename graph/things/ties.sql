-- The ties of one actor, in either direction, a row a tie, the rarer kinds first; `total` is how many there are.
with mine as (
    select
        id, any_value(actor) as actor, any_value(kind) as kind, any_value(other) as other,
        list_sort(list_distinct(flatten(list(domains)))) as domains,
        min(from_date) as from_date, max(to_date) as to_date, bool_or(attested) as attested,
        any_value(description) as description
    from tie
    where actor = $thing or other = $thing
    group by id
)

select *, [id] as claims, count(*) over () as total
from mine
order by count(*) over (partition by kind, actor = $thing), actor <> $thing, kind, actor, other, id
limit $most
