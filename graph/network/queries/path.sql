/*
title: Path
asks: How are two things connected?
read: >-
  The shortest paths between two things through actors, programmes, places and flows, whichever way their links
  point. Where several are equally short, the first ones by their ids are drawn, up to the number asked for.
caveat: >-
  That a path exists says that sources link one thing to the next, not that the two ends know of each other. A
  path through a large place is a weak one.
example: {start: actor/iom, end: actor/unodc}
takes: ["on", from, to, dataset]
parts: [links]
needs: [start, end]
parameters:
  start: {title: Start, type: thing, about: "an actor, programme, place or flow, by id or name"}
  end: {title: End, type: thing, about: "an actor, programme, place or flow, by id or name"}
  longest: {title: Longest, type: integer, low: 1, high: 8, default: "6", about: how many links a path may have}
  paths: {title: Paths, type: integer, low: 1, high: 50, default: "10", about: how many equally short paths to draw}
*/
select
    source, target, kind, id, named, null::varchar as role, domains, from_date, to_date, directed, 1 as weight, claims
from links
where
    source || ' ' || target in (select unnest($steps::varchar[]))
    or target || ' ' || source in (select unnest($steps::varchar[]))
union all
select unnest($ends::varchar[]), null, null, 'end', null, null, [], null, null, true, 1, []
