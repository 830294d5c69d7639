-- Who takes part in one programme, a row a participation, with its own period or else that of the programme.
-- `total` is how many there are.
with mine as (
    select distinct
        engagement.participation as id, participant.actor, engagement.role, engagement.starts, engagement.ends,
        engagement.from_date, engagement.to_date, engagement.attested
    from engagement
    join participant on participant.actor_no = engagement.actor_no
    where engagement.programme_no in (select programme_no from programme where id = $thing)
)

select *, [id] as claims, count(*) over () as total
from mine
order by
    list_position(
        ['role/accountable', 'role/implementing', 'role/funding', 'role/extending', 'role/host', 'role/partner'], role
    ) nulls last,
    actor, id
limit $most
