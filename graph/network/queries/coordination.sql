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
-- The domains of each set that count; one of unknown domain has none.
named_set as (
    select domain_set, coalesce(list(domain) filter (domain is not null), []) as domains
    from domain_set
    where ($domain is null or domain in (select domain from domain_asked))
    group by domain_set
),
taking_part as materialized (
    select
        participant.identity_no, engagement.effort_no,
        flatten(list(named_set.domains)) as domains,
        min(engagement.from_date) as from_date, max(engagement.to_date) as to_date,
        list(engagement.participation) as claims
    from engagement
    join participant using (actor_no)
    join named_set using (domain_set)
    where
        $together = 'yes'
        and ($place is null or engagement.place_set in (
            select place_set from place_set where place in (select place from place_asked)))
        and ($dataset is null or list_contains($dataset::varchar[], engagement.dataset))
        and ($on is null or $on::date between engagement.from_date and engagement.to_date)
        and ($from is null or engagement.to_date >= $from::date)
        and ($to is null or engagement.from_date <= $to::date)
    group by participant.identity_no, engagement.effort_no
),
wanted as (
    select identity_no from participant where actor in (select actor from actor_asked)
),
pair as (
    select
        one.identity_no as one_no, other.identity_no as other_no,
        flatten(list(one.domains || other.domains)) as domains,
        min(greatest(one.from_date, other.from_date)) as from_date,
        max(least(one.to_date, other.to_date)) as to_date,
        count(*) as weight, flatten(list(one.claims || other.claims)) as claims
    from taking_part as one
    join taking_part as other on other.effort_no = one.effort_no and other.identity_no > one.identity_no
    where (
        $actor is null
        or one.identity_no in (select identity_no from wanted)
        or other.identity_no in (select identity_no from wanted))
    group by one.identity_no, other.identity_no
),
named as materialized (
    select distinct identity_no, actor from participant
),
together as (
    select
        one.actor as source, other.actor as target, 'works-with' as kind,
        'works-with/' || one.actor || '--' || other.actor as id, null::varchar as named,
        pair.domains, pair.from_date, pair.to_date, false as directed, pair.weight, pair.claims
    from pair
    join named as one on one.identity_no = pair.one_no
    join named as other on other.identity_no = pair.other_no
),
joined as (
    select * from (select * from tied union all select * from together)
    where ($actor is null or source in (select actor from actor_asked) or target in (select actor from actor_asked))
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
