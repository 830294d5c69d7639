-- The latest end of each place, domain and response, where it lies within a year of the day.
with running as (
    select w.place, w.domain, rs.response, w.programme, w.actor, w.to_date, w.planned
    from work as w
    left join programme_response as rs on rs.programme = w.programme
    where (w.status is null
            or w.status not in ('status/proposed', 'status/refused', 'status/cancelled', 'status/ended'))
        and coalesce(w.starts <= $as_of::date, true)
        and w.place in (select place from spots($place))  -- if place
),
cell as (
    select place, domain, response, max(to_date) as last_end,
        count(distinct programme) filter (to_date is null) as undated
    from running
    group by place, domain, response
    having max(to_date) between $as_of::date and $as_of::date + interval 12 month
)
select
    cell.place, cell.domain, cell.response, cell.last_end,
    bool_or(running.planned) as planned, any_value(cell.undated) as undated,
    list(distinct running.programme order by running.programme) as programmes,
    coalesce(list(distinct running.actor order by running.actor) filter (running.actor is not null), []) as actors,
    count(*) over () as total
from cell
join running
    on running.to_date = cell.last_end
    and running.place is not distinct from cell.place
    and running.domain is not distinct from cell.domain
    and running.response is not distinct from cell.response
group by cell.place, cell.domain, cell.response, cell.last_end
order by planned desc, undated, last_end, cell.place, cell.domain, cell.response
limit $limit
