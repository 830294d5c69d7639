-- What each table of the property graph holds, a query a table; the first two columns of a link are its ends.
-- Place
select code::bigint as code, id from place;
-- Concept
select code::bigint as code, id from concept;
-- Actor
select code::bigint as code, id from actor;
-- Programme
select code::bigint as code, class, status::varchar as status, starts as begins, ends as finishes, from_date, to_date from programme;
-- Flow
select code::bigint as code from flow;
-- Leg
select code::bigint as code, role::bigint as role from leg;
-- Mandate
select code::bigint as code, level::bigint as level from mandate;
-- Within
select place::bigint as a, ancestor::bigint as b from place_within where depth = 1;
-- Broader
select concept::bigint as a, ancestor::bigint as b from concept_within where depth = 1;
-- PartOf
select code::bigint as a, part_of::bigint as b from actor where part_of is not null;
-- TakesPart
select x.actor::bigint as a, x.programme::bigint as b, c.id as role, x.role::bigint as role_code, x.code::bigint as code, x.starts as begins, x.to_date
from participation as x join concept as c on c.code = x.role;
-- InPlace
select programme::bigint as a, place::bigint as b from programme_place;
-- Against
select programme::bigint as a, domain::bigint as b from programme_domain;
-- Does
select programme::bigint as a, response::bigint as b from programme_response;
-- Carries
select flow::bigint as a, domain::bigint as b from flow_domain;
-- LegOf
select code::bigint as a, flow::bigint as b from leg;
-- LegAt
select code::bigint as a, place::bigint as b from leg where place is not null;
-- LegTo
select code::bigint as a, next::bigint as b from leg where next is not null;
-- Holds
select actor::bigint as a, code::bigint as b from mandate;
-- Covers
select code::bigint as a, domain::bigint as b from mandate;
-- HeldIn
select code::bigint as a, place::bigint as b from mandate where place is not null;
