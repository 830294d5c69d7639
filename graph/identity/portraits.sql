-- What a reviewer looks at to tell whether two actors are one: what each is called and known by, where it is, what it is
-- part of, who tells of it, and what it does.
with asked as (
    select unnest($ids::varchar[]) as id
),

stated as (
    select
        id, min_by(label, dataset) filter (label is not null) as label, min(class) as class,
        min_by(description, dataset) filter (description is not null) as description,
        list_sort(list(distinct dataset)) as datasets
    from thing
    where id in (select id from asked)
    group by id
),

called as (
    select
        id,
        list_sort(list(distinct name) filter (use <> 'acronym')) as names,
        list_sort(list(distinct name) filter (use = 'acronym')) as acronyms
    from name
    where id in (select id from asked)
    group by id
),

numbered as (
    select id, list_sort(list(distinct {'scheme': scheme, 'value': value})) as identifiers
    from identifier
    where id in (select id from asked)
    group by id
),

placed as (
    select found.id, list_sort(list(distinct place_within.ancestor)) as countries
    from (
        select id, state as place from actor where id in (select id from asked)
        union
        select id, seat from actor where id in (select id from asked)
    ) as found
    join place_within on place_within.place = found.place
    join place on place.id = place_within.ancestor
    where place.class = 'con:Country'
    group by found.id
),

parted as (
    select actor as id, list_sort(list(distinct ancestor)) as part_of
    from actor_within
    where depth = 1 and actor in (select id from asked)
    group by actor
),

engaged as (
    select part.actor as id, engagement.effort_no, engagement.role, engagement.place_set, engagement.domain_set,
        engagement.response_set
    from engagement
    join (select actor_no, actor from participant where actor in (select id from asked)) as part
        on part.actor_no = engagement.actor_no
),

working as (
    select id, count(distinct effort_no) as efforts, list_sort(list(distinct role)) as roles
    from engaged
    group by id
),

covering as (
    select
        id,
        list_sort(list(distinct what) filter (starts_with(what, 'place/'))) as places,
        list_sort(list(distinct what) filter (starts_with(what, 'domain/'))) as domains,
        list_sort(list(distinct what) filter (starts_with(what, 'response/'))) as responses
    from (
        select distinct engaged.id, place_set.place as what
        from place_set
        join (select distinct id, place_set from engaged) as engaged on engaged.place_set = place_set.place_set
        union all
        select distinct engaged.id, domain_set.domain
        from domain_set
        join (select distinct id, domain_set from engaged) as engaged on engaged.domain_set = domain_set.domain_set
        union all
        select distinct engaged.id, response_set.response
        from response_set
        join (select distinct id, response_set from engaged) as engaged
            on engaged.response_set = response_set.response_set
    )
    group by id
)

select
    stated.id, coalesce(stated.label, stated.id) as label, stated.class, stated.description, stated.datasets,
    coalesce(called.names, []) as names, coalesce(called.acronyms, []) as acronyms,
    coalesce(numbered.identifiers, []) as identifiers, coalesce(placed.countries, []) as countries,
    coalesce(parted.part_of, []) as part_of, coalesce(working.efforts, 0) as efforts,
    coalesce(working.roles, []) as roles, coalesce(covering.places, []) as places,
    coalesce(covering.domains, []) as domains, coalesce(covering.responses, []) as responses,
    (select coalesce(list_sort(list(merged.id)), []) from merged where merged.kept = stated.id) as merged
from stated
left join called on called.id = stated.id
left join numbered on numbered.id = stated.id
left join placed on placed.id = stated.id
left join parted on parted.id = stated.id
left join working on working.id = stated.id
left join covering on covering.id = stated.id
order by stated.id
