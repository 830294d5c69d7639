/*
title: Best placed
asks: Who does mostly this kind of work, has the task, is already there and knows the others there?
read: >-
  Say what is needed: a domain, a response or a target (without any, every actor is as specialised as every other),
  and where. One row an actor that leads such programmes anywhere or has a mandate that fits. `Specialisation` is the
  location quotient: the share of this kind in the actor's programmes, divided by the share of this kind in
  everybody's; above 1 the actor does more of it than others do. Mandate, programmes there, ties with the leads there,
  and who obstructs the actor there stand beside it and are not mixed into it. Those with fewer than two programmes of
  the kind come last: their quotient says little. A part of a larger programme with the same leads counts with it. A
  mandate that names no place counts everywhere, one that names no response counts for all. A row tells at most 100
  claims.
caveat: >-
  For review. The quotient tells what an actor does, not how well, and a specialist with two programmes gets a higher
  one than a large actor that does everything. It counts programmes, not money or staff, and only those that a source
  records: an actor that publishes little looks small. Proposed, refused and cancelled programmes and meetings are not
  counted.
example: {place: TJ, domain: drugs}
parts: [placed_place, placed_work, placed_count, placed_mandate]
filters: {actor: actor}
columns:
  actor: {title: Actor, type: actor}
  quotient: {title: Specialisation, type: number,
    about: "location quotient (x_ik/x_i)/(x_k/x), x counting programmes by lead actor"}
  of_kind: {title: Programmes of the kind, type: integer, about: "x_ik: those that the actor leads anywhere"}
  programmes: {title: All its programmes, type: integer, about: x_i}
  all_of_kind: {title: The kind in all, type: integer, about: "x_k: programmes of the kind, once for each lead"}
  all_programmes: {title: All programmes, type: integer, about: "x: all programmes, once for each lead"}
  few: {title: Few, type: boolean, about: "fewer than two programmes of the kind: the quotient says little"}
  here: {title: There, type: integer,
    about: programmes of the kind that the actor leads in the place or in a region that holds it}
  mandate: {title: Mandate, type: mandate-level, many: true, about: for the domain and the place}
  tied_to: {title: Tied to, type: actor, many: true, about: "leads of such programmes there with whom it stands together, at most 1,000"}
  obstructed_by: {title: Obstructed by, type: actor, many: true, about: "there, or where the source names no place"}
order: [few, quotient desc, of_kind desc, here desc, actor]
*/
with named as (
    select distinct identity_no, actor from participant
),
counted as (
    select named.actor, placed_count.*
    from named
    join placed_count using (identity_no)
),
able as (
    select actor from counted where of_kind > 0
    union
    select actor from placed_mandate
),
world as (
    select sum(programmes) as all_programmes, sum(of_kind) as all_of_kind from placed_count
)
select
    able.actor,
    counted.identity_no,
    round((counted.of_kind / counted.programmes) / nullif(world.all_of_kind / world.all_programmes, 0), 4) as quotient,
    coalesce(counted.of_kind, 0) as of_kind,
    coalesce(counted.programmes, 0) as programmes,
    cast(coalesce(world.all_of_kind, 0) as bigint) as all_of_kind,
    cast(coalesce(world.all_programmes, 0) as bigint) as all_programmes,
    coalesce(counted.of_kind, 0) < 2 as few,
    coalesce(counted.here, 0) as here
from able
left join counted on counted.actor = able.actor
cross join world

-- [page]
with recursive tasked as (
    select page.row_, list_sort(list(distinct placed_mandate.level)) as mandate
    from placed_mandate
    join page using (actor)
    group by page.row_
),
there as materialized (
    select distinct actor
    from participant
    where identity_no in (select identity_no from placed_count where here > 0)
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
    where other in (select actor from there)
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
    where actor_within.depth > 0 and actor_within.ancestor in (select actor from there)
    union all
    select page.row_, page.actor, [actor_within.actor], [], [actor_within.actor]
    from actor_within
    join page on page.actor = actor_within.ancestor
    where actor_within.depth > 0 and actor_within.actor in (select actor from there)
),
met as (
    select row_, list_filter(others, lambda other: other <> actor)[:1000] as tied_to
    from (
        select row_, any_value(actor) as actor, list_sort(list_distinct(flatten(list(others)))) as others
        from contact
        group by row_
    )
),
topic as (
    select concept from concept_within where list_contains($domain::varchar[], ancestor)
    union
    select ancestor from concept_within where list_contains($domain::varchar[], concept)
),
hindrance as materialized (
    select own.row_, tie.id, tie.actor
    from tie
    join own on own.house = tie.other
    where
        tie.kind in (select concept from concept_within where ancestor = 'tie-kind/obstructs')
        and ($place is null or len(tie.places) = 0
            or list_has_any(tie.places, (select list(place) from placed_place)))
        and ($domain is null or len(tie.domains) = 0 or list_has_any(tie.domains, (select list(concept) from topic)))
),
hindered as (
    select row_, list_sort(list(distinct actor)) as obstructed_by from hindrance group by row_
),
first_effort as (
    select row_, unnest(min(effort_no, 100)) as effort_no
    from (
        select page.row_, placed_work.effort_no
        from placed_work
        join page using (identity_no)
        where placed_work.of_kind
    )
    group by row_
),
first_record as materialized (
    select page.row_, page.identity_no, coalesce(effort_of.programme_no, first_effort.effort_no) as programme_no
    from first_effort
    left join effort_of using (effort_no)
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
        join first_record using (identity_no)
    ) as first_record using (programme_no, actor_no)
    where engagement.role in ('role/accountable', 'role/implementing')
    union all
    select page.row_, 'mandate', placed_mandate.id
    from placed_mandate
    join page using (actor)
    union all
    select row_, 'contact', unnest(ties) from contact
    union all
    select row_, 'unit', unnest(claims) from contact
    union all
    select row_, 'tie', id from hindrance
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
)
select claimed.row_, tasked.mandate, met.tied_to, hindered.obstructed_by, claimed.claims
from claimed
left join tasked using (row_)
left join met using (row_)
left join hindered using (row_)
