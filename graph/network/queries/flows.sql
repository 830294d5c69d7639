/*
title: Flows
asks: From where to where does trafficking go, and what role does each place have?
read: >-
  A node a place, an edge a leg of a flow towards the next place, of the kind of what is trafficked. The roles of a
  place (origin, transit, destination) are those that its legs state; a place can have several.
caveat: >-
  An edge is a route that a source tells of, not a measured quantity; its length and width mean nothing. A leg
  without a known next place shows the place alone.
example: {domain: drugs}
takes: [place, domain, "on", from, to, dataset]
parts: [place_asked, domain_asked]
*/
select
    leg.place as source, leg.next as target,
    coalesce(nullif(lower(replace(replace(flow.class, 'con:', ''), 'Flow', '')), ''), 'other') as kind,
    leg.id, leg.flow as named, split_part(leg.role, '/', 2) as role, flow.domains,
    coalesce(leg.from_date, flow.from_date) as from_date, coalesce(leg.to_date, flow.to_date) as to_date,
    true as directed, 1 as weight, [leg.id, leg.flow] as claims
from leg
left join flow on flow.id = leg.flow
where
    ($place is null or leg.place in (select place from place_asked) or leg.next in (select place from place_asked))
    and ($domain is null or list_has_any(flow.domains, (select list(domain) from domain_asked)))
    and ($dataset is null or list_contains($dataset::varchar[], leg.dataset))
    and ($on is null or $on::date between coalesce(leg.from_date, flow.from_date) and coalesce(leg.to_date, flow.to_date))
    and ($from is null or coalesce(leg.to_date, flow.to_date) >= $from::date)
    and ($to is null or coalesce(leg.from_date, flow.from_date) <= $to::date)
