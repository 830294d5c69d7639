/*
title: Commitments
asks: Which States are bound by which treaties, and which are not?
read: >-
  One row for every participating State of the OSCE and every treaty or protocol to which some act is recorded; of
  other States only the recorded acts. Party: the State ratified, acceded or otherwise consented to be bound.
  Signed only: it signed, and no consent is recorded. No record: neither is. Asked for a day, only acts up to that
  day count, and only treaties that had been adopted and States that were members by then. A treaty binds nobody
  before it is in force.
caveat: >-
  The acts come from the United Nations Treaty Collection as collected for each chapter between January 2014 and
  March 2015; later acts are missing, so that no record does not prove that a State is not a party today.
  Reservations, declarations and withdrawals are not recorded, and a treaty that was replaced by its amended form
  may show no act of a State that joined the new one directly. Being a party does not say that the law at home was
  changed.
example: {place: TJ, status: no record}
parts: []
parameters:
  status:
    title: Status
    type: choice
    about: "party, signed only or no record; without it, all"
    of: [party, signed only, no record]
    many: true
  instrument:
    title: Instrument
    type: instrument
    about: name or id of a treaty or protocol
    many: true
filters: {place: place, domain: domains, actor: state}
columns:
  state: {title: State, type: actor}
  place: {title: Place, type: place}
  instrument: {title: Instrument, type: instrument}
  domains: {title: Domains, type: domain, many: true}
  status: {title: Status, type: text}
  signed_on: {title: Signed on, type: date}
  action: {title: Bound by, type: action}
  bound_on: {title: Bound on, type: date}
  in_force: {title: Treaty in force from, type: date}
order: [state, instrument]
*/
with treaty as (
    select
        instrument.id,
        min(instrument.domains) as domains,
        min(instrument.adopted) as adopted,
        min(instrument.in_force) as in_force
    from instrument
    where
        instrument.class in ('con:Treaty', 'con:Protocol')
        and instrument.id in (select instrument from commitment)
        and ($instrument::varchar[] is null or list_contains($instrument::varchar[], instrument.id))
    group by instrument.id
),

member as (
    select actor as state, min(from_date) as since, min(id) as claim
    from tie
    where kind = 'tie-kind/member-of' and other = 'actor/osce'
    group by actor
),

state as (
    select state from member
    union
    select state from commitment
),

seat as (
    select id, min(state) as place from actor group by id
),

act as (
    select state, instrument, action, min(committed_on) as committed_on, min(id) as claim
    from commitment
    where
        ($on::date is null or committed_on <= $on::date)
        and ($dataset is null or list_contains($dataset::varchar[], dataset))
    group by state, instrument, action
),

stood as (
    select
        state.state,
        seat.place,
        treaty.id as instrument,
        treaty.domains,
        treaty.in_force,
        member.claim as membership,
        min(act.committed_on) filter (act.action in ('action/signature', 'action/definitive-signature')) as signed_on,
        arg_min(act.action, act.committed_on) filter (act.action <> 'action/signature') as action,
        min(act.committed_on) filter (act.action <> 'action/signature') as bound_on,
        list(act.claim) filter (act.claim is not null) as acts
    from state
    cross join treaty
    left join member on member.state = state.state
    left join seat on seat.id = state.state
    left join act on act.state = state.state and act.instrument = treaty.id
    where
        $on::date is null
        or (
            (member.since is null or member.since <= $on::date)
            and (treaty.adopted is null or treaty.adopted <= $on::date)
        )
    group by all
),

told as (
    select
        *,
        case when bound_on is not null then 'party' when signed_on is not null then 'signed only' else 'no record' end
            as status
    from stood
)

select
    state, place, instrument, domains, status, signed_on, action, bound_on, in_force,
    list_sort(coalesce(acts, []) || case when membership is null then [] else [membership] end) as claims
from told
where
    (membership is not null or len(acts) > 0)
    and ($status::varchar[] is null or list_contains($status::varchar[], status))
