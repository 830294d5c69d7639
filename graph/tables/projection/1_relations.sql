-- How programmes name one another: relations as they are stated, and whom their transactions name on the other side.

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

-- Whom the transactions of a programme name as provider or receiver of the money: the actor, and the programme under
-- which that one reports the same money. A row for each that is named, however many transactions do; `id` is the
-- first of them. Most transactions of a large programme name the same few.
create table counterpart as
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
),

sides as (
    select id, programme, 'provider' as side, provider_programme as other, provider as actor from named
    union all
    select id, programme, 'receiver' as side, receiver_programme as other, receiver as actor from named
)

select min(id) as id, programme, side, other, actor
from sides
where (other is not null or actor is not null) and other is distinct from programme
group by programme, side, other, actor
order by programme, side, other, actor;
