/*
title: Surroundings
asks: What is linked to a thing, and what to that in turn?
read: >-
  The thing asked for and everything within the given number of links: actors, programmes, places, flows and
  treaties, with every link among them. `distance` is the number of links to the thing asked for.
caveat: >-
  A busy place is near to almost everything; two steps from it say little. Only links are drawn: figures, statements
  and recommendations are with the thing itself.
example: {thing: actor/unodc, depth: "1"}
takes: ["on", from, to, dataset]
parts: [links, neighbour, walked, reached]
needs: [thing]
parameters:
  thing: {title: Thing, type: thing, about: "an actor, programme, place, flow or instrument, by id or name"}
  depth: {title: Depth, type: integer, low: 1, high: 3, default: "1", about: how many links away at most}
*/
select
    source, target, kind, id, named, null::varchar as role, domains, from_date, to_date, directed, 1 as weight, claims
from links
where source in (select node from reached) and target in (select node from reached)
union all
select $thing, null, null, $thing, null, null, [], null, null, true, 1, []
