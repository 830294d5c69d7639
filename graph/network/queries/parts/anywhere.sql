-- No node is nearer than another: for networks that start from nothing in particular.
select null::varchar as node, null::integer as distance
where false
