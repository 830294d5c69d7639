/*
title: Where domains meet
asks: At which places, on which legs and in which actors does trafficking in persons, drugs and arms meet?
read: >-
  One row a place, a leg (two places that flows join, in either direction) or an actor for which sources name two
  or more broad domains. For places and legs the evidence is what is trafficked: flows, drivers and figures. For
  actors it is the flows that they are said to carry, drivers that name them, their programmes (not those only
  proposed) and mandates; carries and responds tell the two apart. Statements are what sources say of these
  domains together there, cautions what they warn of. A row tells at most 100 claims.
caveat: >-
  Meeting in one place is not one traffic: routes, people and motives may be quite different, and the sources warn
  that stressing the overlap leads to security measures while causes and remedies differ. Programmes in several
  domains are no sign of trafficking.
example: {kind: place}
parts: [top_domain, domain_bit, domain_mask, domain_spot, domain_work, domain_evidence]
once: [found]
parameters:
  kind:
    title: Kind
    type: choice
    about: "place, leg or actor; without it, all"
    of: [place, leg, actor, all]
    default: all
filters: {place: places, domain: domains}
columns:
  kind: {title: Kind, type: text}
  subject: {title: Subject, type: thing, about: "a place, the first place of a leg, or an actor"}
  other: {title: Other place, type: place, about: "the second place of a leg"}
  domains: {title: Domains that meet, type: domain, many: true}
  places: {title: Places, type: place, many: true, about: "at most 1,000"}
  carries: {title: Carries, type: boolean, about: "an actor is said to have a part in the traffic"}
  responds: {title: Responds, type: boolean, about: "an actor has a programme or mandate"}
  flows: {title: Flows, type: flow, many: true}
  drivers: {title: Drivers, type: driver, many: true}
  programmes: {title: Programmes, type: programme, many: true, about: "of an actor, at most 1,000"}
  statements: {title: What is said, type: text, many: true}
  cautions: {title: Cautions, type: text, many: true}
order: [kind desc, subject, other]
*/
with met as (
    select kind, subject, other, bit_or(mask) as mask
    from (
        select domain_evidence.kind, domain_evidence.subject, domain_evidence.other, bit_or(domain_bit.bit) as mask
        from domain_evidence
        join domain_bit on domain_bit.top = domain_evidence.domain
        where $kind in ('all', domain_evidence.kind)
        group by domain_evidence.kind, domain_evidence.subject, domain_evidence.other
        union all
        select 'actor', participant.actor, null, engaged.mask
        from participant
        join (
            select domain_work.actor_no, bit_or(domain_mask.mask) as mask
            from domain_work
            join domain_mask using (domain_set)
            where $kind in ('all', 'actor')
            group by domain_work.actor_no
        ) as engaged using (actor_no)
    )
    group by kind, subject, other
    having bit_count(bit_or(mask)) > 1
),
spelt as (
    select masks.mask, list_sort(list(domain_bit.top)) as domains
    from (select distinct mask from met) as masks
    join domain_bit on masks.mask & domain_bit.bit > 0
    group by masks.mask
),
spot_set as (
    select place_set.place_set, bool_or(domain_spot.inside) as inside
    from place_set
    join domain_spot using (place)
    group by place_set.place_set
),
-- One place stands for all that the filter finds: only whether one is inside the place asked for matters to it.
located as (
    select located.kind, located.subject, located.other, list(first_spot.place) as places
    from (
        select domain_evidence.kind, domain_evidence.subject, domain_evidence.other, bool_or(domain_spot.inside) as inside
        from domain_evidence
        join domain_spot using (place)
        group by domain_evidence.kind, domain_evidence.subject, domain_evidence.other
        union all
        select 'actor', participant.actor, null, bool_or(engaged.inside)
        from participant
        join (
            select domain_work.actor_no, bool_or(spot_set.inside) as inside
            from domain_work
            join spot_set using (place_set)
            group by domain_work.actor_no
        ) as engaged using (actor_no)
        group by participant.actor
    ) as located
    join (select inside, min(place) as place from domain_spot group by inside) as first_spot using (inside)
    where $place is not null
    group by located.kind, located.subject, located.other
)
select met.kind, met.subject, met.other, spelt.domains, coalesce(located.places, []) as places
from met
join spelt on spelt.mask = met.mask
left join located
    on located.kind = met.kind and located.subject = met.subject and located.other is not distinct from met.other

-- [page]
with evidence as materialized (
    select page.row_, domain_evidence.* exclude (kind, subject, other)
    from domain_evidence
    join page
        on page.subject = domain_evidence.subject
        and page.kind = domain_evidence.kind
        and page.other is not distinct from domain_evidence.other
),
engaged as materialized (
    select self.row_, domain_work.*
    from domain_work
    join (
        select page.row_, participant.actor_no
        from participant
        join page on page.subject = participant.actor and page.kind = 'actor'
    ) as self using (actor_no)
),
gathered as (
    select
        row_,
        bool_or(coalesce(side = 'carries', false)) as carries,
        bool_or(coalesce(side = 'responds', false)) as responds,
        list_sort(list(distinct flow) filter (flow is not null)) as flows,
        list_sort(list(distinct driver) filter (driver is not null)) as drivers
    from evidence
    group by row_
),
places as (
    select row_, list_sort(list(distinct place))[:1000] as places
    from (
        select row_, place from evidence
        union all
        select sets.row_, place_set.place
        from place_set
        join (select distinct row_, place_set from engaged) as sets using (place_set)
    )
    where place is not null
    group by row_
),
programmes as (
    select shown.row_, list_sort(list(programme.id)) as programmes
    from programme
    join (
        select row_, unnest(min(effort_no, 1000)) as effort_no
        from (select distinct row_, effort_no from engaged)
        group by row_
    ) as shown on shown.effort_no = programme.programme_no
    group by shown.row_
),
-- Statements about two or more domains at once.
joint as (
    select
        statement.id, statement.class, statement.description, statement.places, statement.about,
        list(distinct top_domain.top) as domains
    from statement
    cross join unnest(statement.domains) as meant(domain)
    join top_domain on top_domain.domain = meant.domain
    where $dataset is null or list_contains($dataset::varchar[], statement.dataset)
    group by all
    having count(distinct top_domain.top) > 1
),
meeting as (
    select page.row_, page.kind, page.subject, page.domains, places.places, coalesce(gathered.flows, []) as flows
    from page
    left join gathered using (row_)
    left join places using (row_)
),
-- A caution without a place is about them all; any other statement must name a place or actor of the row.
spoken as materialized (
    select meeting.row_, joint.id, joint.class, joint.description
    from joint
    join meeting on len(list_intersect(joint.domains, meeting.domains)) > 1
    where
        (joint.class = 'con:Caution' and len(joint.places) = 0)
        or (meeting.kind <> 'actor' and list_has_any(joint.places, coalesce(meeting.places, [])))
        or list_contains(joint.about, meeting.subject)
        or list_has_any(joint.about, meeting.flows)
),
told as (
    select
        row_,
        list_sort(list(distinct description) filter (class <> 'con:Caution')) as statements,
        list_sort(list(distinct description) filter (class = 'con:Caution')) as cautions
    from spoken
    group by row_
),
-- Of an actor's programmes some of every domain.
first_record as (
    select engaged.row_, engaged.actor_no, domain_bit.top, unnest(min(engaged.programme_no, 100)) as programme_no
    from engaged
    join domain_mask using (domain_set)
    join domain_bit on domain_mask.mask & domain_bit.bit > 0
    group by engaged.row_, engaged.actor_no, domain_bit.top
),
claim as (
    select row_, split_part(claim, '/', 1) as kind, claim as id from evidence
    union
    select row_, 'statement', id from spoken
    union
    select first_record.row_, first_record.top, engagement.participation
    from engagement
    join first_record using (programme_no, actor_no)
),
-- Where there are more than 100, some of every kind.
claimed as (
    select row_, list_sort(list(id order by turn, id)[:100]) as claims
    from (
        select row_, id, min(turn) as turn
        from (select row_, id, row_number() over (partition by row_, kind order by id) as turn from claim)
        group by row_, id
    )
    group by row_
)
select
    page.row_,
    case when page.kind = 'actor' then coalesce(gathered.carries, false) end as carries,
    case when page.kind = 'actor' then coalesce(gathered.responds, false) or programmes.row_ is not null end as responds,
    places.places, gathered.flows, gathered.drivers, programmes.programmes, told.statements, told.cautions,
    claimed.claims
from page
join claimed using (row_)
left join gathered using (row_)
left join places using (row_)
left join programmes using (row_)
left join told using (row_)
