-- The places of the programmes that the actors $actors take part in.
select
    participant.actor as source, place_set.place as target, 'works-in' as kind,
    list_sort(list(distinct engagement.participation)) as claims, count(distinct engagement.effort_no) as weight,
    min(engagement.from_date) as from_date, max(engagement.to_date) as to_date
from engagement
join participant using (actor_no)
join place_set using (place_set)
where
    place_set.place is not null
    and participant.actor in (select unnest($actors::varchar[]))
    and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
    and ($on is null or $on::date between engagement.from_date and engagement.to_date)
    and ($from is null or engagement.to_date >= $from::date)
    and ($to is null or engagement.from_date <= $to::date)
group by participant.actor, place_set.place
order by target, source
