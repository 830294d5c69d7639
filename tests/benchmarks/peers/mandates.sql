-- Mandates, the first with the others at their level.
with page as (
    select * from mandate
    where true
        and domain in (select concept from narrower($domain))  -- if domain
    order by domain, place, level, actor, code
    limit $limit
)
select
    page.code as mandate, page.actor, page.level, page.domain, page.place, page.responses,
    coalesce((
        select list(distinct m.actor order by m.actor)
        from mandate as m
        where m.level = page.level and m.domain = page.domain and m.place is not distinct from page.place
            and m.actor <> page.actor
    ), []) as also,
    page.from_date, page.to_date, page.attested,
    (
        select count(*) from mandate
        where true
            and domain in (select concept from narrower($domain))  -- if domain
    ) as total
from page
order by page.domain, page.place, page.level, page.actor, page.code
