-- What the part holds of kinds that FollowTheMoney has no schema for.
select kind, count(distinct id) as things
from thing
where
    kind in (
        'mandate', 'flow', 'leg', 'observation', 'influence', 'obstacle', 'recommendation', 'assessment', 'statement',
        'instrument', 'commitment')
    and ($dataset::varchar[] is null or list_contains($dataset::varchar[], dataset))
    and ($by_dataset or id in (select id from part_thing))
group by kind
order by kind
