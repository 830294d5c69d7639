-- Programmes that can be set beside one another: those with a lead (an actor that implements or is accountable).
-- Refused and cancelled ones never came about. A meeting is left out because its place is only where people sat down.
-- Where several datasets describe a programme, their values are put together and the period is the widest.
with lead as (
    select programme, list_sort(list(distinct actor)) as leads, list_sort(list(distinct id)) as lead_claims
    from participation
    where role in ('role/accountable', 'role/implementing')
    group by programme
)
select
    programme.id as programme,
    min_by(programme.status, programme.dataset) as status,
    any_value(lead.leads) as leads,
    any_value(lead.lead_claims) as lead_claims,
    list_sort(list_distinct(flatten(list(programme.places)))) as places,
    list_sort(list_distinct(flatten(list(programme.domains)))) as domains,
    list_sort(list_distinct(flatten(list(programme.responses)))) as responses,
    list_sort(list_distinct(flatten(list(programme.targets)))) as targets,
    min_by(programme.budget, programme.dataset) as budget,
    min_by(programme.currency, programme.dataset) as currency,
    min(programme.starts) as starts,
    max(programme.ends) as ends,
    min(programme.from_date) as from_date,
    max(programme.to_date) as to_date,
    bool_or(programme.attested) as attested
from programme
join lead on lead.programme = programme.id
where programme.class <> 'con:Meeting'
group by programme.id
having coalesce(min_by(programme.status, programme.dataset), '') not in ('status/refused', 'status/cancelled')
