-- Who has a part in programmes of a known domain, apart from those that are only proposed or never came about.
select engagement.actor_no, engagement.programme_no, engagement.effort_no, engagement.domain_set, engagement.place_set
from engagement
where
    engagement.actor_no is not null
    and domain_set in (select domain_set from domain_mask)
    and coalesce(engagement.status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
    and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
