-- How programmes name one another: relations as they are stated, and whom each transaction names on the other side.

create table relation as
select
    s as id,
    one(p, o, 'con:programme') as programme,
    one(p, o, 'con:relationKind') as kind,
    one(p, o, 'con:otherProgramme') as other
from triple
where s in (select s from triple where p = 'rdf:type' and o = 'con:Relation')
group by s
order by s;

-- Whom a transaction of a programme names as provider or receiver of the money: the actor, and the programme under
-- which that one reports the same money. Gathered in 3_counterpart.sql.
create or replace temp table stated_side as
with named as (
    select
        s as id,
        one(p, o, 'con:programme') as programme,
        one(p, o, 'con:providerProgramme') as provider_programme,
        one(p, o, 'con:provider') as provider,
        one(p, o, 'con:receiverProgramme') as receiver_programme,
        one(p, o, 'con:receiver') as receiver
    from triple
    where
        starts_with(s, 'transaction/')
        and p in ('con:programme', 'con:provider', 'con:receiver', 'con:providerProgramme', 'con:receiverProgramme')
    group by s
)
select *
from (
    select id, programme, 'provider' as side, provider_programme as other, provider as actor from named
    union all
    select id, programme, 'receiver' as side, receiver_programme as other, receiver as actor from named
)
where (other is not null or actor is not null) and other is distinct from programme;
