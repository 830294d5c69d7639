-- Running efforts with what of each counts for one lead, and how much of the budget for one place and domain: all of
-- these get equal parts.
with placed as (
    select place_set, count(distinct grain.shown) as places
    from place_set
    join grain on grain.place = place_set.place
    group by place_set
),
named as (
    select domain_set, count(domain) as domains from domain_set group by domain_set
),
led as (
    select effort_no, count(*) as leads from lead group by effort_no
)
select
    running.effort_no, running.currency,
    running.budget / (placed.places * named.domains) as budget,
    1 / led.leads as part
from running
join led using (effort_no)
left join placed using (place_set)
left join named using (domain_set)
