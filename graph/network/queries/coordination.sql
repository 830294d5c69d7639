/*
title: Coordination
asks: Which actors are tied to which, and who is part of whom?
read: >-
  A node an actor, an edge a tie that a source states: who coordinates with, funds, set up, obstructs or protects
  whom; and of what a unit is part. Where asked for, actors that take part in one programme are joined as well.
caveat: >-
  A missing edge means that no source records a tie, not that there is none. Taking part in one programme is not
  yet coordination. Ties of which no place, domain or period is told are left out where that is filtered on.
example: {together: "yes"}
takes: [place, domain, actor, "on", from, to, dataset]
parts: [place_asked, domain_asked, actor_asked]
parameters:
  together:
    title: Working together
    type: choice
    of: ["no", "yes"]
    default: "no"
    about: also join the actors that take part in one programme
*/
with tied as (
    select
        actor as source, other as target, split_part(kind, '/', 2) as kind, id, kind as named,
        domains, from_date, to_date, kind not in ('tie-kind/coordinates-with', 'tie-kind/colludes-with') as directed, 1 as weight, [id] as claims
    from tie
    where
        ($place is null or list_has_any(places, (select list(place) from place_asked)))
        and ($domain is null or list_has_any(domains, (select list(domain) from domain_asked)))
        and ($dataset is null or list_contains($dataset::varchar[], dataset))
        and ($on is null or $on::date between from_date and to_date)
        and ($from is null or to_date >= $from::date)
        and ($to is null or from_date <= $to::date)
),
taking_part as (
    select
        actor, programme,
        list(distinct domain) filter (domain is not null) as domains,
        min(from_date) as from_date, max(to_date) as to_date,
        list(distinct participation) as claims
    from presence
    where
        $together = 'yes' and actor is not null
        and ($place is null or place in (select place from place_asked))
        and ($domain is null or domain in (select domain from domain_asked))
        and ($dataset is null or list_contains($dataset::varchar[], dataset))
        and ($on is null or $on::date between from_date and to_date)
        and ($from is null or to_date >= $from::date)
        and ($to is null or from_date <= $to::date)
    group by actor, programme
),
together as (
    select
        one.actor as source, other.actor as target, 'works-with' as kind,
        'works-with/' || one.actor || '--' || other.actor as id, null::varchar as named,
        flatten(list(coalesce(one.domains, []) || coalesce(other.domains, []))) as domains,
        min(greatest(one.from_date, other.from_date)) as from_date,
        max(least(one.to_date, other.to_date)) as to_date,
        false as directed, count(*) as weight, flatten(list(one.claims || other.claims)) as claims
    from taking_part as one
    join taking_part as other on other.programme = one.programme and other.actor > one.actor
    group by one.actor, other.actor
),
joined as (
    select * from (select * from tied union all select * from together)
    where $actor is null or source in (select actor from actor_asked) or target in (select actor from actor_asked)
),
shown as (
    select ancestor as actor
    from actor_within
    where actor in (select source from joined union all select target from joined union all select actor from actor_asked)
),
unit as (
    select
        id as source, part_of as target, 'part-of' as kind, id, 'tie-kind/part-of' as named,
        []::varchar[] as domains, null::date as from_date, null::date as to_date, true as directed, 1 as weight,
        [id] as claims
    from actor
    where
        part_of is not null
        and ($dataset is null or list_contains($dataset::varchar[], dataset))
        and (
            id in (select actor from shown)
            or ($actor is null and $place is null and $domain is null
                and $on is null and $from is null and $to is null)
        )
)
select *, null::varchar as role from joined
union all
select *, null from unit
