-- Every link between $one and $other, whichever way it points, with the claims that it rests on: what is stated of
-- the two, legs from the one place to the other, programmes that both take part in, and programmes of the one that
-- run in, or are about, the other.
select * from (
with pair as (
    select $one::varchar as one, $other::varchar as other
    union all
    select $other, $one
),
taken as (
    select participant.actor, engagement.*
    from engagement
    join participant using (actor_no)
    where
        participant.actor in ($one, $other)
        and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
        and ($on is null or $on::date between engagement.from_date and engagement.to_date)
        and ($from is null or engagement.to_date >= $from::date)
        and ($to is null or engagement.from_date <= $to::date)
)
select source, target, kind, id, role, about, directed, min(from_date) as from_date, max(to_date) as to_date,
    list_sort(list_distinct(flatten(list(claims)))) as claims
from (
    select source, target, kind, id, null as role, null as about, directed, from_date, to_date, claims
    from links
    join pair on pair.one = links.source and pair.other = links.target
    union all
    select
        leg.place, leg.next, 'leg', leg.id, leg.role, leg.flow, true,
        coalesce(leg.from_date, flow.from_date), coalesce(leg.to_date, flow.to_date), [leg.id, leg.flow]
    from leg
    join pair on pair.one = leg.place and pair.other = leg.next
    left join flow on flow.id = leg.flow
    union all
    select
        mine.actor, theirs.actor, 'works-with', effort.programme, null, effort.programme, false,
        greatest(mine.from_date, theirs.from_date), least(mine.to_date, theirs.to_date),
        [mine.participation, theirs.participation]
    from taken as mine
    join taken as theirs on theirs.effort_no = mine.effort_no and theirs.actor > mine.actor
    join effort on effort.effort_no = mine.effort_no
    union all
    select
        theirs.actor, mine.actor, 'funded-by', effort.programme, null, effort.programme, true,
        greatest(mine.from_date, theirs.from_date), least(mine.to_date, theirs.to_date),
        [mine.participation, theirs.participation]
    from taken as mine
    join taken as theirs on theirs.effort_no = mine.effort_no and theirs.actor <> mine.actor
    join effort on effort.effort_no = mine.effort_no
    where mine.role = 'role/funding' and theirs.role <> 'role/funding'
    union all
    select
        taken.actor, place_set.place, 'works-in', effort.programme, taken.role, effort.programme, true,
        taken.from_date, taken.to_date, [taken.participation]
    from taken
    join place_set using (place_set)
    join pair on pair.one = taken.actor and pair.other = place_set.place
    join effort on effort.effort_no = taken.effort_no
    union all
    select
        taken.actor, domain_set.domain, 'works-on', effort.programme, taken.role, effort.programme, true,
        taken.from_date, taken.to_date, [taken.participation]
    from taken
    join domain_set using (domain_set)
    join pair on pair.one = taken.actor and pair.other = domain_set.domain
    join effort on effort.effort_no = taken.effort_no
)
group by source, target, kind, id, role, about, directed
)
order by kind, id, source
