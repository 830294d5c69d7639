-- The properties that the claims state, and the classes that they state things to be of.
select list(iri) from (select distinct p as iri from claim union select distinct class from typed)
