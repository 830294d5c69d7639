-- The sets of domains, responses and targets as numbers whose bits are codes, so that two sets are compared at once.
-- own     the codes of the set; broad  the same with every broader code; asked  those that the common parameters leave;
-- kin     `asked` with every broader code: two sets have akin codes where one's `asked` meets the other's `kin`
-- no      a number a set of codes, whichever dataset states it; same  a number a set of codes with their broader ones
-- A kind of code has at most 126 codes: a bit more than a number has room for fails.
with stated as (
    select 'domain' as kind, domain_set as set_no, domain as code, domain_of.domain is not null as asked
    from domain_set
    left join domain_of using (domain_set, domain)
    union all
    select 'response', response_set, response, response_of.response is not null
    from response_set
    left join response_of using (response_set, response)
    union all
    select 'target', target_set, target, target_of.target is not null
    from target_set
    left join target_of using (target_set, target)
),
bit as (
    select
        concept as code,
        cast(1 as hugeint) << cast(
            row_number() over (partition by split_part(concept, '/', 1) order by concept) - 1 as integer) as bit
    from (
        select distinct ancestor as concept
        from concept_within
        where split_part(ancestor, '/', 1) in ('domain', 'response', 'target')
    )
),
up as (
    select concept_within.concept as code, any_value(bit.bit) filter (concept_within.depth = 0) as bit,
        bit_or(bit.bit) as broad
    from concept_within
    join bit on bit.code = concept_within.ancestor
    group by concept_within.concept
),
gathered as (
    select
        stated.kind, stated.set_no,
        bit_or(up.bit) as own,
        bit_or(up.broad) as broad,
        coalesce(bit_or(up.bit) filter (stated.asked), 0) as asked,
        coalesce(bit_or(up.broad) filter (stated.asked), 0) as kin
    from stated
    join up on up.code = stated.code
    group by stated.kind, stated.set_no
)
select
    *,
    cast(dense_rank() over (partition by kind order by own) as integer) as no,
    cast(dense_rank() over (partition by kind order by broad) as integer) as same
from gathered
