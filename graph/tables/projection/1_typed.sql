-- Of one part: the things that are described, with their classes and kinds.

create or replace temp table typed as
select triple.s as id, triple.o as class, class_kind.kind
from triple
join class_kind on triple.p = 'rdf:type' and class_kind.class = triple.o;
