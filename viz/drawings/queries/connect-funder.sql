-- Who funds the programmes that the actors $actors take part in.
select * from (
with taken as (
    select participant.actor, engagement.*
    from engagement
    join participant using (actor_no)
    where
        ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
        and ($on is null or $on::date between engagement.from_date and engagement.to_date)
        and ($from is null or engagement.to_date >= $from::date)
        and ($to is null or engagement.from_date <= $to::date)
)
select
    mine.actor as source, funding.actor as target, 'funded-by' as kind,
    list_sort(list_distinct(list(mine.participation) || list(funding.participation))) as claims,
    count(distinct mine.effort_no) as weight,
    min(greatest(mine.from_date, funding.from_date)) as from_date, max(least(mine.to_date, funding.to_date)) as to_date
from taken as funding
join taken as mine on mine.effort_no = funding.effort_no and mine.actor <> funding.actor
where
    funding.role = 'role/funding'
    and mine.role <> 'role/funding'
    and mine.actor in (select unnest($actors::varchar[]))
group by mine.actor, funding.actor
)
order by target, source
