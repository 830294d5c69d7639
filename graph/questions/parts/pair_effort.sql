-- The efforts that are compared, by number, as far as the common parameters leave them: with a known place, domain and
-- response. Refused and cancelled ones never came about. A meeting is left out because its place is only where people
-- sat down. Whether anybody leads them is looked up for few of them later.
-- asked  one of the two of a pair has to be so: an effort that an actor asked for leads
-- same_* efforts with the same number record the same codes, broader ones counted; 0 where no target is known
-- Where a period or a dataset is asked for, those of pair_idle are taken out.
-- room   two efforts are compared where they are in the same room: here there is one
select
    0 as room, effort.effort_no, effort.place_set,
    d.no as domain, r.no as response, coalesce(t.no, 0) as target,
    d.same as same_domain, r.same as same_response, coalesce(t.same, 0) as same_target,
    effort.starts, effort.ends, effort.from_date, effort.to_date,
    case effort.status when 'status/ended' then 1 when 'status/proposed' then 2 else 0 end as stage,
    ($actor is null or effort.effort_no in (
        select engagement.effort_no
        from engagement
        where engagement.role in ('role/accountable', 'role/implementing')
            and engagement.actor_no in (
                select actor_no
                from participant
                where actor in (select actor from actor_within where list_contains($actor::varchar[], ancestor)))
    )) as asked
from effort
join pair_code as d on d.kind = 'domain' and d.set_no = effort.domain_set and d.asked <> 0
join pair_code as r on r.kind = 'response' and r.set_no = effort.response_set and r.asked <> 0
left join pair_code as t on t.kind = 'target' and t.set_no = effort.target_set
where effort.class <> 'con:Meeting'
    and coalesce(effort.status, '') not in ('status/refused', 'status/cancelled')
    and effort.place_set in (select place_set from place_of where place is not null)
    and ($target is null or t.asked <> 0)
