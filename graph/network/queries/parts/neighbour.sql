-- Every link both ways: from a thing to each thing that a link joins it with.
select source as node, target as other from links
union all
select target, source from links
