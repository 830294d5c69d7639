/*
title: Actor portfolio
asks: What does each actor do, pay for, have the task of and stand in touch with, all in one row?
read: >-
  One row an actor that takes part in a programme, has a mandate or a tie, or proposes or is addressed by a
  recommendation. The parameters pick the actors; each row then shows everything of that actor, not only what fits.
  Naming an organisation also gives its units, each on a row of its own. Places, domains and responses are those of
  its programmes and mandates. Of a longer list the first 1,000 are shown, and at most 100 claims a row.
caveat: >-
  It is as complete as the sources: an actor that publishes little looks small. A programme recorded by two sources
  under two names counts twice unless an identifier or a person's judgement says that it is one. A tie says what it says: one actor may obstruct another.
example: {actor: UNODC}
once: [found]
filters: {actor: actor, place: places}
columns:
  actor: {title: Actor, type: actor}
  class: {title: Kind, type: text}
  part_of: {title: Part of, type: actor}
  leads: {title: Leads, type: programme, many: true, about: programmes that it implements or answers for}
  planned: {title: Planned, type: programme, many: true, about: proposed programmes in which it would have a part}
  refused: {title: Refused, type: programme, many: true,
    about: programmes in which it had a part and that were refused or cancelled}
  funds: {title: Funds, type: programme, many: true}
  joins: {title: Joins, type: programme, many: true, about: "as partner or host, or passing on the means"}
  leads_in: {title: Leads in, type: domain, many: true, about: domains in which it has the lead mandate}
  main_player_in: {title: Main player in, type: domain, many: true}
  supports_in: {title: Supports in, type: domain, many: true}
  places: {title: Places, type: place, many: true}
  domains: {title: Domains, type: domain, many: true}
  responses: {title: Responses, type: response, many: true}
  stands_with: {title: Stands with, type: actor, many: true,
    about: "by a tie that brings two together, or by organisation"}
  obstructs: {title: Obstructs, type: actor, many: true}
  obstructed_by: {title: Obstructed by, type: actor, many: true}
  other_ties: {title: Other ties, type: integer,
    about: "such as pressing, exploiting or supplying, in either direction"}
  recommends: {title: Recommends, type: integer, about: recommendations that it made}
  recommended: {title: Recommended to, type: integer, about: recommendations addressed to it}
  from_date: {title: From, type: date, about: first day on which it is known to take part in a programme}
  to_date: {title: To, type: date, about: last day on which it is known to take part in a programme}
order: [actor]
*/
with spot as (
    select place, bool_or(inside) as inside
    from (
        select place, true as inside from place_within where list_contains($place::varchar[], ancestor)
        union all
        select ancestor, false from place_within where list_contains($place::varchar[], place)
    )
    group by place
),
spot_set as (
    select place_set.place_set, bool_or(spot.inside) as inside
    from place_set
    join spot using (place)
    group by place_set.place_set
),
-- One place stands for all that the filter finds: only whether one is inside the place asked for matters to it.
located as (
    select located.actor, list(first_spot.place) as places
    from (
        select participant.actor, bool_or(engaged.inside) as inside
        from participant
        join (
            select engagement.actor_no, bool_or(spot_set.inside) as inside
            from engagement
            join spot_set using (place_set)
            group by engagement.actor_no
        ) as engaged using (actor_no)
        group by participant.actor
        union all
        select mandate.actor, bool_or(spot.inside)
        from mandate
        join spot using (place)
        group by mandate.actor
    ) as located
    join (select inside, min(place) as place from spot group by inside) as first_spot using (inside)
    where $place is not null
    group by located.actor
),
topic as (
    select concept from concept_within where list_contains($domain::varchar[], ancestor)
),
of_domain as (
    select participant.actor
    from participant
    where $domain is not null and participant.actor_no in (
        select actor_no
        from engagement
        where domain_set in (select domain_set from domain_set where domain in (select concept from topic)))
    union all
    select actor from mandate where $domain is not null and domain in (select concept from topic)
),
deed as (
    select concept from concept_within where list_contains($response::varchar[], ancestor)
),
of_response as (
    select participant.actor
    from participant
    where $response is not null and participant.actor_no in (
        select actor_no
        from engagement
        where response_set in (select response_set from response_set where response in (select concept from deed)))
    union all
    select actor from mandate where $response is not null and list_has_any(responses, (select list(concept) from deed))
),
involved as (
    select actor
    from participant
    where actor_no in (
        select actor_no from engagement where $dataset is null or list_contains($dataset::varchar[], dataset))
    union all
    select actor from mandate where $dataset is null or list_contains($dataset::varchar[], dataset)
    union all
    select unnest([actor, other]) from tie where $dataset is null or list_contains($dataset::varchar[], dataset)
    union all
    select unnest(proposers || addressees)
    from recommendation
    where $dataset is null or list_contains($dataset::varchar[], dataset)
)
select known.id as actor, coalesce(located.places, []) as places
from (select distinct id from actor) as known
left join located on located.actor = known.id
where known.id in (select actor from involved)
    and ($domain is null or known.id in (select actor from of_domain))
    and ($response is null or known.id in (select actor from of_response))

-- [page]
with recursive engaged as materialized (
    select
        self.row_, engagement.programme_no, engagement.effort_no, engagement.role, engagement.status,
        engagement.place_set, engagement.domain_set, engagement.response_set,
        engagement.from_date, engagement.to_date,
        coalesce(engagement.status, '') not in ('status/proposed', 'status/refused', 'status/cancelled') as came_about
    from engagement
    join (select page.row_, participant.actor_no from participant join page using (actor)) as self using (actor_no)
),
effort_part as (
    select
        row_, effort_no,
        bool_or(came_about and role in ('role/accountable', 'role/implementing')) as leads,
        bool_or(coalesce(status = 'status/proposed', false)) as planned,
        bool_or(coalesce(status in ('status/refused', 'status/cancelled'), false)) as refused,
        bool_or(came_about and role = 'role/funding') as funds,
        bool_or(came_about and role in ('role/extending', 'role/host', 'role/partner')) as joins
    from engaged
    group by row_, effort_no
),
shown as (
    select row_, kind, unnest(efforts) as effort_no
    from (
        select
            row_,
            min(effort_no, 1000) filter (leads) as leads,
            min(effort_no, 1000) filter (planned) as planned,
            min(effort_no, 1000) filter (refused) as refused,
            min(effort_no, 1000) filter (funds) as funds,
            min(effort_no, 1000) filter (joins) as joins
        from effort_part
        group by row_
    )
    unpivot (efforts for kind in (leads, planned, refused, funds, joins))
),
part as (
    select
        shown.row_,
        list_sort(list(programme.id) filter (shown.kind = 'leads')) as leads,
        list_sort(list(programme.id) filter (shown.kind = 'planned')) as planned,
        list_sort(list(programme.id) filter (shown.kind = 'refused')) as refused,
        list_sort(list(programme.id) filter (shown.kind = 'funds')) as funds,
        list_sort(list(programme.id) filter (shown.kind = 'joins')) as joins
    from programme
    join shown on shown.effort_no = programme.programme_no
    group by shown.row_
),
span as (
    select
        row_,
        min(from_date) filter (came_about) as from_date,
        max(to_date) filter (came_about) as to_date
    from engaged
    group by row_
),
task as materialized (
    select page.row_, mandate.id, mandate.level, mandate.place, mandate.domain, mandate.responses
    from mandate
    join page using (actor)
),
tasked as (
    select
        row_,
        list_sort(list(distinct domain) filter (level = 'mandate-level/leads')) as leads_in,
        list_sort(list(distinct domain) filter (level = 'mandate-level/main-player')) as main_player_in,
        list_sort(list(distinct domain) filter (level = 'mandate-level/supports')) as supports_in
    from task
    group by row_
),
places as (
    select row_, list_sort(list(distinct place))[:1000] as places
    from (
        select sets.row_, place_set.place
        from place_set
        join (select distinct row_, place_set from engaged) as sets using (place_set)
        union all
        select row_, place from task
    )
    where place is not null
    group by row_
),
domains as (
    select row_, list_sort(list(distinct domain)) as domains
    from (
        select sets.row_, domain_set.domain
        from domain_set
        join (select distinct row_, domain_set from engaged) as sets using (domain_set)
        union all
        select row_, domain from task
    )
    where domain is not null
    group by row_
),
responses as (
    select row_, list_sort(list(distinct response)) as responses
    from (
        select sets.row_, response_set.response
        from response_set
        join (select distinct row_, response_set from engaged) as sets using (response_set)
        union all
        select row_, unnest(responses) from task
    )
    where response is not null
    group by row_
),
-- Whom the actors of the page stand together with: what the part `together` says of all, for few. An actor's houses are
-- itself and, for a unit, the organisations above it; a tie of a house holds for all that are below.
own as materialized (
    select row_, actor, actor as house, cast([] as varchar[]) as claims from page
    union
    select own.row_, own.actor, actor.part_of, list_append(own.claims, actor.id)
    from actor
    join own on own.house = actor.id
    where actor.class = 'con:Unit' and actor.part_of is not null and len(own.claims) < 16
),
house as materialized (
    select house, bool_or(house <> actor) as of_units from own group by house
),
joining as (
    select distinct concept as kind
    from concept_within
    where ancestor in (
        'tie-kind/coordinates-with', 'tie-kind/member-of', 'tie-kind/part-of', 'tie-kind/funds',
        'tie-kind/established', 'tie-kind/supports', 'tie-kind/protects')
),
other_end as materialized (
    select house.house, tie.id, tie.other
    from tie
    join house on house.house = tie.actor
    where tie.kind in (select kind from joining)
    union all
    select house.house, tie.id, tie.actor
    from tie
    join house on house.house = tie.other
    where tie.kind in (select kind from joining)
),
below as materialized (
    select house, house as actor, cast([] as varchar[]) as claims
    from (select other as house from other_end union select house from house where of_units)
    union
    select below.house, actor.id, list_append(below.claims, actor.id)
    from actor
    join below on below.actor = actor.part_of
    where actor.class = 'con:Unit' and len(below.claims) < 16
),
-- Units of one house know one another; they are `inside`.
house_contact as (
    select other_end.house, false as inside, below.actor as other, [other_end.id] as ties, below.claims
    from below
    join other_end on other_end.other = below.house
    union all
    select below.house, true, below.actor, [], below.claims
    from below
    join house on house.house = below.house and house.of_units
    where below.actor <> below.house
),
house_standing as (
    select
        house, inside,
        list(distinct other) as others,
        list_sort(list_distinct(flatten(list(ties))))[:100] as ties,
        list_sort(list_distinct(flatten(list(claims))))[:100] as claims
    from house_contact
    group by house, inside
),
contact as materialized (
    select own.row_, own.actor, house_standing.others, house_standing.ties, own.claims || house_standing.claims as claims
    from own
    join house_standing
        on house_standing.house = own.house
        and (own.house <> own.actor or not house_standing.inside)
        and house_standing.others <> [own.actor]
    union all
    select page.row_, page.actor, [actor_within.ancestor], [], [page.actor]
    from actor_within
    join page using (actor)
    where actor_within.depth > 0
    union all
    select page.row_, page.actor, [actor_within.actor], [], [actor_within.actor]
    from actor_within
    join page on page.actor = actor_within.ancestor
    where actor_within.depth > 0
),
standing as (
    select row_, list_filter(others, lambda other: other <> actor)[:1000] as stands_with
    from (
        select row_, any_value(actor) as actor, list_sort(list_distinct(flatten(list(others)))) as others
        from contact
        group by row_
    )
),
hindering as (
    select distinct concept as kind from concept_within where ancestor = 'tie-kind/obstructs'
),
bond as materialized (
    select page.row_, tie.id, tie.other, tie.kind, true as outward
    from tie
    join page on page.actor = tie.actor
    union all
    select page.row_, tie.id, tie.actor, tie.kind, false
    from tie
    join page on page.actor = tie.other
),
tied as (
    select
        bond.row_,
        list_sort(list(distinct bond.other) filter (hindering.kind is not null and bond.outward)) as obstructs,
        list_sort(list(distinct bond.other) filter (hindering.kind is not null and not bond.outward)) as obstructed_by,
        count(distinct bond.id) filter (hindering.kind is null and joining.kind is null) as other_ties
    from bond
    left join hindering on hindering.kind = bond.kind
    left join joining on joining.kind = bond.kind
    group by bond.row_
),
advice as materialized (
    select page.row_, stated.id, stated.made
    from (
        select unnest(proposers) as actor, id, true as made from recommendation
        union
        select unnest(addressees), id, false from recommendation
    ) as stated
    join page using (actor)
),
advised as (
    select
        row_,
        count(distinct id) filter (made) as recommends,
        count(distinct id) filter (not made) as recommended
    from advice
    group by row_
),
first_record as materialized (
    select page.row_, page.actor, first_record.programme_no
    from (
        select row_, unnest(min(programme_no, 100)) as programme_no
        from (select distinct row_, programme_no from engaged)
        group by row_
    ) as first_record
    join page using (row_)
),
claim as (
    select first_record.row_, 'programme' as kind, programme.id
    from programme
    join first_record using (programme_no)
    union all
    select first_record.row_, 'participation', engagement.participation
    from engagement
    join (
        select first_record.*, participant.actor_no
        from participant
        join first_record using (actor)
    ) as first_record using (programme_no, actor_no)
    union all
    select row_, 'mandate', id from task
    union all
    select row_, 'contact', unnest(ties) from contact
    union all
    select row_, 'unit', unnest(claims) from contact
    union all
    select row_, 'tie', id from bond
    union all
    select row_, 'advice', id from advice
),
-- Where there are more than 100, some of every kind.
claimed as (
    select row_, list_sort(list(id order by turn, id)[:100]) as claims
    from (
        select row_, id, min(turn) as turn
        from (
            select row_, id, row_number() over (partition by row_, kind order by id) as turn
            from (select distinct row_, kind, id from claim)
        )
        group by row_, id
    )
    group by row_
),
known as (
    select
        page.row_,
        substr(min_by(actor.class, actor.dataset), 5) as class,
        min_by(actor.part_of, actor.dataset) as part_of
    from actor
    join page on page.actor = actor.id
    group by page.row_
)
select
    known.row_, known.class, known.part_of,
    part.leads, part.planned, part.refused, part.funds, part.joins,
    tasked.leads_in, tasked.main_player_in, tasked.supports_in,
    places.places, domains.domains, responses.responses,
    standing.stands_with, tied.obstructs, tied.obstructed_by,
    coalesce(tied.other_ties, 0) as other_ties,
    coalesce(advised.recommends, 0) as recommends,
    coalesce(advised.recommended, 0) as recommended,
    span.from_date, span.to_date,
    claimed.claims
from known
join claimed using (row_)
left join part using (row_)
left join span using (row_)
left join tasked using (row_)
left join places using (row_)
left join domains using (row_)
left join responses using (row_)
left join standing using (row_)
left join tied using (row_)
left join advised using (row_)
