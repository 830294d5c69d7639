-- Actors of whom anything is recorded; what they do is gathered for the page only.
with found as (
    select actor
    from (
        select actor from participation
        union
        select actor from mandate
        union
        select actor from tie
        union
        select other from tie
        union
        select actor from advice
    )
    where true
        and actor in (select actor from units($actor))  -- if actor
),
page as materialized (
    select code as actor, class, part_of from actor where code in (select actor from found) order by code limit $limit
),
part as (
    select
        x.actor,
        list(distinct x.programme order by x.programme)
            filter (came and x.role in (role_of('accountable'), role_of('implementing'))) as leads,
        list(distinct x.programme order by x.programme) filter (came and x.role = role_of('funding')) as funds,
        list(distinct x.programme order by x.programme)
            filter (came and x.role in (role_of('extending'), role_of('host'), role_of('partner'))) as joins,
        list(distinct x.programme order by x.programme) filter (p.status = 'status/proposed') as planned,
        list(distinct x.programme order by x.programme)
            filter (p.status in ('status/refused', 'status/cancelled')) as refused,
        flatten(list(p.places)) as places, flatten(list(p.domains)) as domains, flatten(list(p.responses)) as responses,
        min(coalesce(x.from_date, p.from_date)) filter (came) as from_date,
        max(coalesce(x.to_date, p.to_date)) filter (came) as to_date
    from participation as x
    join (
        select *, status is null or status not in ('status/proposed', 'status/refused', 'status/cancelled') as came
        from programme
    ) as p on p.code = x.programme
    where x.actor in (select actor from page)
    group by x.actor
),
task as (
    select
        actor,
        list(distinct domain order by domain) filter (level = concept_of('mandate-level/leads')) as leads_in,
        list(distinct domain order by domain) filter (level = concept_of('mandate-level/main-player')) as main_player_in,
        list(distinct domain order by domain) filter (level = concept_of('mandate-level/supports')) as supports_in,
        list(place) filter (place is not null) as places, list(domain) as domains, flatten(list(responses)) as responses
    from mandate
    where actor in (select actor from page)
    group by actor
),
contact as (
    select actor, list(other order by other) as stands_with
    from together where actor in (select actor from page) group by actor
),
tied as (
    select bond.actor,
        list(distinct bond.other order by bond.other) filter (hinders and outward) as obstructs,
        list(distinct bond.other order by bond.other) filter (hinders and not outward) as obstructed_by,
        count(distinct bond.code) filter (not hinders and not joins) as other_ties
    from (
        select code, actor, other, kind, true as outward from tie where actor in (select actor from page)
        union all
        select code, other, actor, kind, false from tie where other in (select actor from page)
    ) as bond
    join (
        select w.concept as kind, bool_or(c.id = 'tie-kind/obstructs') as hinders,
            bool_or(c.id in ('tie-kind/coordinates-with', 'tie-kind/member-of', 'tie-kind/part-of', 'tie-kind/funds',
                'tie-kind/established', 'tie-kind/supports', 'tie-kind/protects')) as joins
        from concept_within as w join concept as c on c.code = w.ancestor
        group by w.concept
    ) as kinds on kinds.kind = bond.kind
    group by bond.actor
),
advised as (
    select actor, count(distinct recommendation) filter (made) as recommends,
        count(distinct recommendation) filter (not made) as recommended
    from advice where actor in (select actor from page) group by actor
)
select
    page.actor, page.class, page.part_of,
    coalesce(leads, []) as leads, coalesce(planned, []) as planned, coalesce(refused, []) as refused,
    coalesce(funds, []) as funds, coalesce(joins, []) as joins,
    coalesce(leads_in, []) as leads_in, coalesce(main_player_in, []) as main_player_in,
    coalesce(supports_in, []) as supports_in,
    list_distinct(coalesce(part.places, []) || coalesce(task.places, [])) as places,
    list_distinct(coalesce(part.domains, []) || coalesce(task.domains, [])) as domains,
    list_distinct(coalesce(part.responses, []) || coalesce(task.responses, [])) as responses,
    coalesce(stands_with, []) as stands_with, coalesce(obstructs, []) as obstructs,
    coalesce(obstructed_by, []) as obstructed_by, coalesce(other_ties, 0) as other_ties,
    coalesce(recommends, 0) as recommends, coalesce(recommended, 0) as recommended,
    part.from_date, part.to_date,
    (select count(*) from found) as total
from page
left join part using (actor)
left join task using (actor)
left join contact using (actor)
left join tied using (actor)
left join advised using (actor)
order by page.actor
