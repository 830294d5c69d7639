-- The nodes and edges to draw, as lists in one row, with how many there are in all. Rows of one claim between the
-- same two things are one edge. Nodes stay by their distance where they have one; else half the room goes to those
-- with most links, the hubs, and half to those that link most of them: hubs alone would often be linked by nothing.
-- Of the edges between the kept nodes the heaviest stay, then those of the most connected nodes.
select * from (
with edge as (
    select source, target, id, max(weight) as weight, min(role) as role
    from found
    group by source, target, id
),
counted as (
    select node, count(*) filter (linked) as links, list_sort(list_distinct(list(role) filter (role is not null))) as roles
    from (
        select source as node, target is not null as linked, role from edge
        union all
        select target, true, null from edge where target is not null
    )
    group by node
),
ranked as (
    select
        counted.node, links, roles, distance,
        row_number() over (order by distance nulls last, links desc, counted.node) as rank
    from counted
    left join reached on reached.node = counted.node
),
hub as (
    select *
    from ranked
    where rank <= case when distance is null then ($nodes::integer + 1) // 2 else $nodes::integer end
),
linking as (
    select node, count(*) as hubs
    from (
        select source as node, target as other from edge
        union all
        select target, source from edge where target is not null
    )
    where other in (select node from hub) and node not in (select node from hub)
    group by node
),
connector as (
    select ranked.*
    from ranked
    left join linking on linking.node = ranked.node
    where ranked.node not in (select node from hub)
    order by coalesce(hubs, 0) desc, rank
    limit greatest(0, $nodes::integer - (select count(*) from hub))
),
kept as (select * from hub union all select * from connector),
described as (
    select id, min(class) as class
    from thing
    where id in (select node from kept)
    group by id
),
located as (
    select id, min(latitude) as latitude, min(longitude) as longitude
    from place
    where id in (select node from kept)
    group by id
),
node as (
    select
        kept.node as id, kept.rank, kept.links, kept.distance, kept.roles, label.label,
        split_part(kept.node, '/', 1) as kind,
        replace(described.class, 'con:', '') as class,
        located.latitude, located.longitude
    from kept
    left join label on label.id = kept.node
    left join described on described.id = kept.node
    left join located on located.id = kept.node
),
strongest as (
    select
        edge.source, edge.target, edge.id, edge.role, edge.weight,
        row_number() over (
            order by edge.weight desc, one.links + other.links desc, edge.source, edge.target, edge.id
        ) as strength
    from edge
    join kept as one on one.node = edge.source
    join kept as other on other.node = edge.target
    qualify strength <= $edges::integer
),
told as (
    select
        strongest.strength as rank, any_value(strongest.source) as source, any_value(strongest.target) as target,
        any_value(strongest.id) as id, any_value(strongest.role) as role, any_value(strongest.weight) as weight,
        min(found.kind) as kind,
        min(found.named) as named,
        list_sort(list_distinct(flatten(list(coalesce(found.domains, []))))) as domains,
        min(found.from_date) as from_date,
        max(found.to_date) as to_date,
        bool_and(found.directed) as directed,
        list_sort(list_distinct(flatten(list(found.claims)))) as claims
    from strongest
    join found on found.source = strongest.source and found.target = strongest.target and found.id = strongest.id
    group by strongest.strength
),
line as (
    select
        told.rank, told.source, told.target, told.id, told.kind, label.label, told.role, told.domains, told.from_date,
        told.to_date, told.directed, told.weight, told.claims[1:20] as claims, len(told.claims) as claims_total
    from told
    left join label on label.id = told.named
)
select
    (select coalesce(list(node order by rank), []) from node) as nodes,
    (select coalesce(list(line order by rank), []) from line) as edges,
    (select count(*) from counted) as nodes_total,
    (select count(*) from edge where target is not null) as edges_total
)
