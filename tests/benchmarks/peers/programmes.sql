-- Programmes by status and date, the first with who leads, pays for and joins them.
with found as (
    select code, status, from_date
    from programme
    where true
        and code in (  -- if place
            select programme from work  -- if place
            where place in (select place from spots($place))  -- if place
                and domain in (select concept from narrower($domain))  -- if domain
        )  -- if place
        and code in (select programme from participation where actor in (select actor from units($actor)))  -- if actor
),
page as (
    select * from found order by status::varchar, from_date, code limit $limit
),
part as (
    select
        participation.programme,
        list(distinct actor order by actor) filter (role in (role_of('accountable'), role_of('implementing'))) as leads,
        list(distinct actor order by actor) filter (role = role_of('funding')) as funders,
        list(distinct actor order by actor)
            filter (role in (role_of('extending'), role_of('host'), role_of('partner'))) as others
    from participation
    join page on page.code = participation.programme
    group by participation.programme
)
select
    p.code as programme, p.class, p.status, p.starts, p.ends, p.from_date, p.to_date, p.attested,
    coalesce(part.leads, []) as leads, coalesce(part.funders, []) as funders, coalesce(part.others, []) as others,
    p.places, p.domains, p.responses, p.targets, p.parent, p.budget, p.currency,
    (select count(*) from found) as total
from page
join programme as p on p.code = page.code
left join part on part.programme = page.code
order by page.status::varchar, page.from_date, page.code
