-- The places that datasets name as covered, with the domains that these cover there and how many programmes are
-- recorded for the place or what lies within it.
with covered as (
    select place, list_sort(list_distinct(flatten(list(domains)))) as domains
    from coverage
    where place is not null
    group by place
),
counted as (
    select place_within.ancestor as place, count(distinct engagement.programme_no) as programmes
    from place_within
    join place_set on place_set.place = place_within.place
    join engagement on engagement.place_set = place_set.place_set
    where place_within.ancestor in (select place from covered)
    group by place_within.ancestor
)
select
    covered.place as id,
    coalesce(min_by(label.label, label.dataset), covered.place) as label,
    covered.domains,
    coalesce(any_value(counted.programmes), 0) as programmes,
    count(*) over () as places
from covered
left join counted on counted.place = covered.place
left join thing as label on label.id = covered.place and label.label is not null
group by covered.place, covered.domains
order by programmes desc, label
limit $limit
