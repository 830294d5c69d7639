-- What the ontology gives to the tables; filled from the code lists once a process.

create schema ontology;

create table ontology.concept (id varchar, scheme varchar, label varchar, definition varchar);

-- Each concept with every broader one; itself at depth 0.
create table ontology.concept_within (concept varchar, ancestor varchar, depth integer);

create table ontology.expectation (
    id varchar, domain varchar, place_role varchar, response varchar, weight double, reason varchar, basis varchar
);
