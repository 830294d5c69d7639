-- Countries by how often several lead actors run efforts that agree in place, domain, response and target, to ask where
-- some may do the same.
with cell as (
    select running.place_set, running.domain_set, running.response_set, running.target_set
    from running
    join lead on lead.effort_no = running.effort_no
    where
        running.place_set in (select place_set from place_set where place is not null)
        and running.domain_set in (select domain_set from domain_set where domain is not null)
        and running.response_set in (select response_set from response_set where response is not null)
    group by all
    having count(distinct lead.identity_no) > 1 and count(distinct running.effort_no) > 1
)

select place_within.ancestor as place, count(*) as cells
from cell
join place_set on place_set.place_set = cell.place_set
join place_within on place_within.place = place_set.place
where place_within.ancestor in (select id from place where class = 'con:Country')
group by place_within.ancestor
order by cells desc, place
limit $most
