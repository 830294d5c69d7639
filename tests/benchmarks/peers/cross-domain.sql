-- Where, on which legs and in whom two broad domains meet.
with carried as (
    select distinct leg.code, leg.flow, leg.place, leg.next, t.top
    from leg
    join flow_domain as d on d.flow = leg.flow
    join top_domain as t on t.domain = d.domain
),
pressed as (
    select distinct i.influence, t.top
    from influence_domain as i join top_domain as t on t.domain = i.domain
),
evidence as (
    select 'place' as kind, place as subject, null::integer as other, top, flow, null::integer as driver, place from carried
    union all
    select 'place', p.place, null, pressed.top, null, influence.driver, p.place
    from pressed
    join influence_place as p using (influence)
    join influence on influence.code = pressed.influence
    union all
    select 'place', o.place, null, t.top, null, null, o.place
    from observation as o join top_domain as t on t.domain = o.domain where o.place is not null
    union all
    select 'leg', least(place, next), greatest(place, next), top, flow, null, unnest([place, next])
    from carried where next is not null
    union all
    select 'actor', a.actor, null, t.top, a.flow, null, null
    from flow_actor as a join flow_domain as d using (flow) join top_domain as t on t.domain = d.domain
    union all
    select 'actor', a.actor, null, pressed.top, null, influence.driver, null
    from pressed
    join influence_actor as a using (influence)
    join influence on influence.code = pressed.influence
    union all
    select distinct 'actor', w.actor, null::integer, t.top, null::integer, null::integer, w.place
    from work as w join top_domain as t on t.domain = w.domain
    where w.actor is not null
        and (w.status is null or w.status not in ('status/proposed', 'status/refused', 'status/cancelled'))
    union all
    select 'actor', m.actor, null, t.top, null, null, m.place
    from mandate as m join top_domain as t on t.domain = m.domain
),
page as materialized (
    select
        kind, subject, other,
        list(distinct top order by top) as domains,
        coalesce(list(distinct place order by place) filter (place is not null), []) as places,
        coalesce(list(distinct flow order by flow) filter (flow is not null), []) as flows,
        coalesce(list(distinct driver order by driver) filter (driver is not null), []) as drivers,
        count(*) over () as total
    from evidence
    group by kind, subject, other
    having count(distinct top) > 1
    order by kind desc, subject, other
    limit $limit
)
select
    page.*,
    case when kind = 'actor' then coalesce((
        select list(distinct w.programme order by w.programme)
        from work as w
        where w.actor = page.subject and w.domain is not null
            and (w.status is null or w.status not in ('status/proposed', 'status/refused', 'status/cancelled'))
    ), []) else [] end as programmes
from page
order by kind desc, subject, other
