-- Who has to be judged, and the subjects that a rule is for.

create table suspect (s uhugeint);

create table typed as
select s, o as class from claim where p = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' and is_iri;

-- Who is of one of `classes` (their subclasses are listed too) or states one of `properties`; or whoever there is.
create temp macro target(classes, properties, everything) as table
    select s from typed where list_contains(classes, class)
    union all
    select s from claim where list_contains(properties, p)
    union all
    select s from claim where everything;
