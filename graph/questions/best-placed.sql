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
  mandate that names no place counts everywhere, one that names no response counts for all.
caveat: >-
  For review. The quotient tells what an actor does, not how well, and a specialist with two programmes gets a higher
  one than a large actor that does everything. It counts programmes, not money or staff, and only those that a source
  records: an actor that publishes little looks small. Proposed, refused and cancelled programmes and meetings are not
  counted.
example: {place: TJ, domain: drugs}
parts: [efforts, wholes, houses, together]
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
  tied_to: {title: Tied to, type: actor, many: true, about: leads of such programmes there with whom it stands together}
  obstructed_by: {title: Obstructed by, type: actor, many: true, about: "there, or where the source names no place"}
order: [few, quotient desc, of_kind desc, here desc, actor]
*/
with spot as (
    select place from place_within where list_contains($place::varchar[], ancestor)
    union
    select ancestor from place_within where list_contains($place::varchar[], place)
),
topic as (
    select concept from concept_within where list_contains($domain::varchar[], ancestor)
),
wide_topic as (
    select concept from topic
    union
    select ancestor from concept_within where list_contains($domain::varchar[], concept)
),
deed as (
    select concept from concept_within where list_contains($response::varchar[], ancestor)
),
wide_deed as (
    select concept from deed
    union
    select ancestor from concept_within where list_contains($response::varchar[], concept)
),
led as (
    select
        presence.actor,
        coalesce(topmost.whole, presence.programme) as programme,
        list(distinct presence.programme) || list(distinct presence.participation) as claims,
        bool_or(fits.kind) as of_kind,
        bool_or(fits.kind and fits.place) as here
    from (
        select
            *,
            {
                'kind': ($domain is null or coalesce(domain in (select concept from topic), false))
                    and ($response is null or coalesce(response in (select concept from deed), false))
                    and ($target is null or coalesce(target in (
                        select concept from concept_within where list_contains($target::varchar[], ancestor)), false)),
                'place': $place is null or coalesce(place in (select place from spot), false)
            } as fits
        from presence
    ) as presence
    join efforts on efforts.programme = presence.programme
    left join (select programme, max_by(whole, depth) as whole from wholes group by programme) as topmost
        on topmost.programme = presence.programme
    where presence.role in ('role/accountable', 'role/implementing')
        and coalesce(efforts.status, '') <> 'status/proposed'
        and ($dataset is null or list_contains($dataset::varchar[], presence.dataset))
        and ($on is null or $on::date between presence.from_date and presence.to_date)
        and ($from is null or presence.to_date >= $from::date)
        and ($to is null or presence.from_date <= $to::date)
    group by presence.actor, coalesce(topmost.whole, presence.programme)
),
counted as (
    select
        actor,
        count(*) as programmes,
        count(*) filter (of_kind) as of_kind,
        count(*) filter (here) as here,
        sum(count(*)) over () as all_programmes,
        sum(count(*) filter (of_kind)) over () as all_of_kind,
        flatten(list(claims) filter (of_kind)) as claims
    from led
    group by actor
),
tasked as (
    select
        actor,
        list_sort(list(distinct level)) as mandate,
        list(distinct id) as claims
    from mandate
    where ($domain is null or domain in (select concept from wide_topic))
        and ($response is null or len(responses) = 0
            or list_has_any(responses, (select list(concept) from wide_deed)))
        and ($place is null or place is null or place in (select place from spot))
        and ($dataset is null or list_contains($dataset::varchar[], dataset))
        and ($on is null or from_date is null or $on::date between from_date and to_date)
    group by actor
),
able as (
    select actor from counted where of_kind > 0
    union
    select actor from tasked
),
met as (
    select able.actor, list_sort(list(distinct together.other)) as tied_to, flatten(list(together.claims)) as claims
    from able
    join together on together.actor = able.actor
    join counted on counted.actor = together.other and counted.here > 0
    group by able.actor
),
hindered as (
    select able.actor, list_sort(list(distinct tie.actor)) as obstructed_by, list(distinct tie.id) as claims
    from able
    join houses on houses.actor = able.actor
    join tie on tie.other = houses.house
    join concept_within on concept_within.concept = tie.kind and concept_within.ancestor = 'tie-kind/obstructs'
    where ($place is null or len(tie.places) = 0 or list_has_any(tie.places, (select list(place) from spot)))
        and ($domain is null or len(tie.domains) = 0
            or list_has_any(tie.domains, (select list(concept) from wide_topic)))
    group by able.actor
),
world as (
    select any_value(all_programmes) as all_programmes, any_value(all_of_kind) as all_of_kind from counted
)
select
    able.actor,
    round((counted.of_kind / counted.programmes) / nullif(world.all_of_kind / world.all_programmes, 0), 4) as quotient,
    coalesce(counted.of_kind, 0) as of_kind,
    coalesce(counted.programmes, 0) as programmes,
    cast(coalesce(world.all_of_kind, 0) as bigint) as all_of_kind,
    cast(coalesce(world.all_programmes, 0) as bigint) as all_programmes,
    coalesce(counted.of_kind, 0) < 2 as few,
    coalesce(counted.here, 0) as here,
    coalesce(tasked.mandate, []) as mandate,
    coalesce(met.tied_to, []) as tied_to,
    coalesce(hindered.obstructed_by, []) as obstructed_by,
    list_sort(list_distinct(
        coalesce(counted.claims, []) || coalesce(tasked.claims, []) || coalesce(met.claims, [])
        || coalesce(hindered.claims, []))) as claims
from able
cross join world
left join counted on counted.actor = able.actor
left join tasked on tasked.actor = able.actor
left join met on met.actor = able.actor
left join hindered on hindered.actor = able.actor
