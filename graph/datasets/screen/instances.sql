-- Things that the claims state to be of one of $classes; none when there are more than a list should hold.
select coalesce(list(distinct subject order by subject), [])
from (
    select subject
    from claim
    where p = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' and list_contains($classes, o)
    limit 1001
)
having count(*) <= 1000
