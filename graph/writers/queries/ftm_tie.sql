-- The ties of the part, and what an actor is part of, each with its evidence.
with linked as (
    select id, dataset, actor, kind, other, from_date, to_date, description from tie
    union all
    select
        id || '--part-of', dataset, id, 'tie-kind/part-of', part_of,
        cast(null as date), cast(null as date), cast(null as varchar)
    from actor
    where part_of is not null
)

select
    linked.*,
    claim.source, document.url, claim.locators
from linked
left join claim
    on claim.id = replace(linked.id, '--part-of', '') and claim.dataset = linked.dataset
left join (select id, min(url) as url from source group by id) as document on document.id = claim.source
where
    actor is not null and other is not null
    and ($dataset::varchar[] is null or list_contains($dataset::varchar[], linked.dataset))
    and ($by_dataset or (actor in (select id from part_thing) and other in (select id from part_thing)))
order by linked.id, linked.dataset
