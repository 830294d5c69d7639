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
parts: [place_of, domain_of, response_of, target_of, work, asked]
*/
with taking_part as (
    select asked.*, programme.id as programme
    from asked
    join programme using (programme_no)
)
select
    participant.actor as source, taking_part.programme as target, split_part(taking_part.role, '/', 2) as kind,
    taking_part.participation as id, taking_part.role as named, null::varchar as role,
    [domain_of.domain] as domains, taking_part.from_date, taking_part.to_date, true as directed, 1 as weight,
    [taking_part.participation] as claims
from taking_part
join participant using (actor_no)
join domain_of using (domain_set)
union all
select
    taking_part.programme, place_of.place, 'takes-place-in', taking_part.programme, null, null,
    [domain_of.domain], taking_part.from_date, taking_part.to_date, true, 1, [taking_part.programme]
from taking_part
join domain_of using (domain_set)
join place_of using (place_set)
