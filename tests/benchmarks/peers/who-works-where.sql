-- Who does what, where: the rows are put in order as numbers, and only the first are given their details.
with found as (
    select distinct place, domain, actor, role, programme, participation
    from work
    where true
        and place in (select place from spots($place))  -- if place
        and domain in (select concept from narrower($domain))  -- if domain
        and actor in (select actor from units($actor))  -- if actor
),
page as (
    select * from found order by place, domain, actor, programme, role, participation limit $limit
)
select
    page.*, p.responses, p.targets, p.status,
    (
        select min(w.from_date) from work as w
        where w.programme = page.programme and w.actor is not distinct from page.actor
            and w.role is not distinct from page.role and w.participation is not distinct from page.participation
    ) as from_date,
    (
        select max(w.to_date) from work as w
        where w.programme = page.programme and w.actor is not distinct from page.actor
            and w.role is not distinct from page.role and w.participation is not distinct from page.participation
    ) as to_date,
    (select count(*) from found) as total
from page
join programme as p on p.code = page.programme
order by page.place, page.domain, page.actor, page.programme, page.role, page.participation
