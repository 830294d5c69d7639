-- Every claim but those on programmes (`evidence` sums these up) that says something of a place and a domain: what is
-- trafficked, what is done and what is known of it.
-- Recommendations are left out: they say what should be, not what is. A statement without a domain is about each.
-- of_traffic tells what is trafficked there from what is only done or judged there, such as a conference.
with bearing as materialized (
    select leg.place, carried.domain, leg.id as claim, true as of_traffic
    from leg
    join flow on flow.id = leg.flow
    cross join unnest(flow.domains) as carried(domain)
    union
    select place_set.place, domain_set.domain, engagement_across.participation, false
    from engagement_across
    join place_set on place_set.place_set = engagement_across.place_set
    join domain_set on domain_set.domain_set = engagement_across.domain_set
    union
    select place, domain, id, true from observation
    union
    select place, domain, id, false from mandate
    union
    select stated.place, meant.domain, influence.id, true
    from influence cross join unnest(places) as stated(place) cross join unnest(domains) as meant(domain)
    union
    select stated.place, meant.domain, obstacle.id, false
    from obstacle cross join unnest(places) as stated(place) cross join unnest(domains) as meant(domain)
    union
    select stated.place, meant.domain, assessment.id, false
    from assessment cross join unnest(places) as stated(place) cross join unnest(domains) as meant(domain)
    union
    select stated.place, meant.domain, statement.id, len(domains) > 0
    from statement
    cross join unnest(places) as stated(place)
    cross join unnest(
        case when len(domains) = 0
            then (select list(distinct top) from top_domain)
            else domains
        end
    ) as meant(domain)
),

dated as (
    select
        claim.id,
        claim.source,
        claim.attributed_to,
        coalesce(
            claim.stated_on,
            cast(document.issued || substr('-01-01', length(document.issued) - 3) as date)) as stated_on
    from claim
    left join (select id, min(issued) as issued from source group by id) as document on document.id = claim.source
    where claim.id in (select claim from bearing)
        and ($dataset is null or list_contains($dataset::varchar[], claim.dataset))
)

select distinct
    bearing.place, top_domain.top as domain, bearing.claim, bearing.of_traffic,
    dated.source, dated.attributed_to, dated.stated_on
from bearing
join top_domain on top_domain.domain = bearing.domain
join dated on dated.id = bearing.claim
where
    bearing.place is not null
    and ($on::date is null or dated.stated_on is null or dated.stated_on <= $on::date)
