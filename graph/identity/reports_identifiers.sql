-- What identifiers say of pairs of records: that they are one effort, that they are something else, or neither.
-- Reads `told` and `record`; the rules and their reasons stand in the method.

-- Every id under which a programme is spoken of, with a number for the identifier that it has, else for itself.
create temp table spoken_as as
with identified as (
    select id, min(trim(value)) as identifier
    from told.identifier
    where list_contains(getvariable('schemes'), scheme) and starts_with(id, 'programme/')
    group by id
),

spoken as (
    select id from record
    union
    select other from told.relation
    union
    select programme from told.relation
    union
    select other from told.counterpart
    union
    select programme from told.counterpart
    union
    select parent from told.programme
)

select spoken.id, coalesce(identified.identifier, spoken.id) as name
from spoken
left join identified using (id)
where spoken.id is not null;

create temp table spoken_of as
select spoken_as.id, cast(named.key as integer) as key
from spoken_as
join (select name, row_number() over () as key from (select distinct name from spoken_as)) as named using (name);

drop table spoken_as;

create temp table known_as as
select record.unique_id as n, spoken_of.key
from record
join spoken_of using (id);

-- What records say of each other, by keys: whole and part, siblings, the same effort, and money.
create temp table said as
select distinct stated.id as claim, told_by.key as sayer, verb, from_.key as a, to_.key as b
from (
    select id, programme as by, kind as verb, programme as a, other as b from told.relation
    union all
    select id, id, 'relation-kind/part-of', id, parent from told.programme where parent is not null
    union all
    select id, programme, 'relation-kind/funded-through', programme, other
    from told.counterpart
    where side = 'provider' and other is not null
    union all
    select id, programme, 'relation-kind/funded-through', other, programme
    from told.counterpart
    where side = 'receiver' and other is not null
) as stated
join spoken_of as told_by on told_by.id = stated.by
join spoken_of as from_ on from_.id = stated.a
join spoken_of as to_ on to_.id = stated.b
where from_.key <> to_.key;

-- Each with every whole that it is a part of, however far up.
create temp table part as
with recursive upward as (
    select a as part, b as whole, 1 as depth from said where verb = 'relation-kind/part-of'
    union
    select upward.part, said.b, upward.depth + 1
    from upward
    join said on said.a = upward.whole and said.verb = 'relation-kind/part-of'
    where upward.depth < 8
)
select distinct part, whole from upward where part <> whole;

create temp table same_effort as
select a, b, count(*) over (partition by a) as others
from (select distinct a, b from said where verb = 'relation-kind/same-effort');

-- Payer and payee with who says so: `mutual` where each names the other, and how many the payer is known to pay.
create temp table paid as
select
    b as payer, a as payee,
    bool_or(sayer = a) and bool_or(sayer = b) as mutual,
    count(*) over (partition by b) as payees
from said
where verb = 'relation-kind/funded-through'
group by b, a;

-- Actors to whom a payer's money goes without a programme being named, besides those whom it names one for.
create temp table pays_others as
select distinct spoken_of.key as payer
from told.counterpart as counterpart
join spoken_of on spoken_of.id = counterpart.programme
where
    counterpart.side = 'receiver' and counterpart.other is null
    and not exists (
        select 1 from told.counterpart as named
        where named.programme = counterpart.programme and named.side = 'receiver'
            and named.other is not null and named.actor = counterpart.actor);

-- Every pair of keys that something is said of, with what it comes to.
create temp table verdict as
with pair as (
    select least(part, whole) as a, greatest(part, whole) as b, 'one is a part of the other' as words, 'apart' as means
    from part
    union
    select least(a, b), greatest(a, b), 'said to be parts of one whole', 'apart'
    from said
    where verb = 'relation-kind/sibling'
    union
    select least(a, b), greatest(a, b), 'said to be co-funded', 'open'
    from said
    where verb = 'relation-kind/co-funded'
    union
    select
        least(a, b), greatest(a, b),
        case when others = 1 then 'one names the other, and no third, as a report of the same effort'
            else 'one names the other, and a third, as a report of the same effort' end,
        case when others = 1 then 'same' else 'open' end
    from same_effort
    union
    select
        least(payer, payee), greatest(payer, payee),
        case
            when payees > 1 then 'one pays for the other and for a third'
            when pays_others.payer is not null then 'one pays for the other, and pays others directly'
            when mutual then 'payer and payee name each other, and the payer names no third'
            else 'one pays for the other, as only one of them tells'
        end,
        case
            when payees > 1 then 'apart'
            when mutual and pays_others.payer is null then 'same'
            else 'open'
        end
    from paid
    left join pays_others using (payer)
)

select
    pair.a, pair.b,
    list_sort(list(words)) as words,
    bool_or(means = 'same') as same,
    bool_or(means = 'apart') as apart,
    any_value(claims) as claims
from pair
left join (
    select least(a, b) as a, greatest(a, b) as b, list_sort(list(distinct claim)) as claims
    from said
    group by least(a, b), greatest(a, b)
) as stated on stated.a = pair.a and stated.b = pair.b
group by pair.a, pair.b;

-- The pairs of records for which that decides something, or may help a person to. Statements that contradict each
-- other decide nothing.
create table identified as
with pair as (
    select a.n as n, b.n as m, ['both carry the same identifier'] as words, true as same, false as apart, null as claims
    from known_as as a
    join known_as as b on b.key = a.key and a.n < b.n
    union all
    select least(a.n, b.n), greatest(a.n, b.n), words, same, apart, claims
    from verdict
    join known_as as a on a.key = verdict.a
    join known_as as b on b.key = verdict.b
)

select
    n, m,
    list_sort(list_distinct(flatten(list(words)))) as words,
    list_sort(list_distinct(flatten(list(coalesce(claims, []))))) as claims,
    bool_or(same) and not bool_or(apart) as decided,
    bool_or(apart) and not bool_or(same) as excluded
from pair
group by n, m;

-- Lists on which a body keeps efforts apart itself: the parts of one whole in one dataset, and the activities to which
-- one reporting body gave identifiers of their own. Two records of one list are never the same effort.
create table listed as
select n, list_sort(list(distinct list_)) as lists
from (
    select known_as.n, concat(programme.teller, ' ', whole.key) as list_
    from told.programme as programme
    join record using (id)
    join known_as on known_as.n = record.unique_id
    join spoken_of as whole on whole.id = programme.parent
    union
    select record.unique_id, concat(claim.teller, ' ', reporter.actor)
    from told.claim as claim
    join record using (id)
    join told.identifier as identifier on identifier.id = record.id and identifier.teller = claim.teller
    cross join unnest(claim.attributed_to) as reporter(actor)
    where list_contains(getvariable('schemes'), identifier.scheme)
)
group by n;
