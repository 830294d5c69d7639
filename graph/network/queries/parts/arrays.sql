-- A drawing as columns, a list each, in one row: nodes in the order of their ids, edges by the numbers of their ends.
select * from (
with node as (
    select *, row_number() over (order by id) - 1 as number
    from (select unnest(nodes, max_depth := 2) from drawing)
),
edge as (
    select line.*, one.number as one, other.number as other
    from (select unnest(edges, max_depth := 2) from drawing) as line
    join node as one on one.id = line.source
    join node as other on other.id = line.target
),
of_nodes as (
    select
        list(id order by number) as node_id,
        list(coalesce(label, id) order by number) as node_label,
        list(kind order by number) as node_kind,
        list(class order by number) as node_class,
        list(links::integer order by number) as node_links,
        list(roles order by number) as node_roles,
        list(distance::integer order by number) as node_distance,
        list(latitude::double order by number) as node_latitude,
        list(longitude::double order by number) as node_longitude
    from node
),
of_edges as (
    select
        list(one::integer order by rank) as edge_source,
        list(other::integer order by rank) as edge_target,
        list(id order by rank) as edge_id,
        list(kind order by rank) as edge_kind,
        list(weight::integer order by rank) as edge_weight,
        list(directed order by rank) as edge_directed
    from edge
)
select of_nodes.*, of_edges.*, nodes_total, edges_total
from drawing, of_nodes, of_edges
)
