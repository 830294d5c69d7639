-- Pairs of records that may tell of one effort, as the files of links have them, and the judgements of people on pairs
-- of programmes (decision, judgement, said); this table stays empty.
create table reported (
    a varchar, b varchar, decided boolean, basis varchar[], claims varchar[], score double, known double, prior double,
    title varchar, title_weight double, leads varchar, leads_weight double, funders varchar, funders_weight double,
    place varchar, place_weight double, period varchar, period_weight double, budget varchar, budget_weight double,
    decision varchar, judgement varchar, said varchar
);
