-- Members of the OSCE by every treaty to which there is an act, and the acts of others.
with treaty as (
    select * from instrument
    where class in ('Treaty', 'Protocol') and code in (select instrument from commitment)
),
member as (
    select distinct actor as state from tie
    where kind = concept_of('tie-kind/member-of') and other = code_of('actor/osce')
),
act as (
    select
        state, instrument,
        min(committed_on) filter (action in (concept_of('action/signature'), concept_of('action/definitive-signature')))
            as signed_on,
        arg_min(action, committed_on) filter (action <> concept_of('action/signature')) as action,
        min(committed_on) filter (action <> concept_of('action/signature')) as bound_on
    from commitment
    group by state, instrument
),
stood as (
    select state, code as instrument from member cross join treaty
    union
    select act.state, act.instrument from act join treaty on treaty.code = act.instrument
)
select
    stood.state, actor.state as place, stood.instrument,
    case when act.bound_on is not null then 'party' when act.signed_on is not null then 'signed only' else 'no record' end
        as status,
    act.signed_on, act.action, act.bound_on, treaty.in_force, count(*) over () as total
from stood
join treaty on treaty.code = stood.instrument
left join actor on actor.code = stood.state
left join act on act.state = stood.state and act.instrument = stood.instrument
order by stood.state, stood.instrument
limit $limit
