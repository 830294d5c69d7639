/*
title: Who does what
asks: Which actors take part in which programmes, in what role, and where do these run?
read: >-
  Nodes are actors, programmes and places. An edge from an actor to a programme is its participation, of the kind
  of its role; an edge from a programme to a place says that it runs there.
caveat: >-
  A programme without an actor or a place is one of which no source tells it. Under a filter only the places that
  fit it are drawn; the programme may run elsewhere too.
example: {place: TJ}
takes: [place, domain, response, target, actor, role, "on", from, to, dataset]
parts: [work, asked]
*/
select
    actor as source, programme as target, split_part(role, '/', 2) as kind, participation as id, role as named,
    null::varchar as role, [domain] as domains, from_date, to_date, true as directed, 1 as weight,
    [participation] as claims
from asked
where actor is not null
union all
select programme, place, 'takes-place-in', programme, null, null, [domain], from_date, to_date, true, 1, [programme]
from asked
