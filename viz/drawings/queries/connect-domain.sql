-- The domains of the programmes that the actors $actors take part in.
select
    participant.actor as source, domain_set.domain as target, 'works-on' as kind,
    list_sort(list(distinct engagement.participation)) as claims, count(distinct engagement.effort_no) as weight,
    min(engagement.from_date) as from_date, max(engagement.to_date) as to_date
from engagement
join participant using (actor_no)
join domain_set using (domain_set)
where
    domain_set.domain is not null
    and participant.actor in (select unnest($actors::varchar[]))
    and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
    and ($on is null or $on::date between engagement.from_date and engagement.to_date)
    and ($from is null or engagement.to_date >= $from::date)
    and ($to is null or engagement.from_date <= $to::date)
group by participant.actor, domain_set.domain
order by target, source
