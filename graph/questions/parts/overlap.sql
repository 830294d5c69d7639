-- Pairs of programmes (a < b) without a lead in common that share a place (equal, or one within the other), a domain
-- (equal, or one broader) and a response (equal), and whose periods meet or may have met.
--
-- g       how far the one works where the other does. A place counts 1 where the other programme records it too,
--         1/(1 + n) where the other records a place n steps further out or in: each step out leaves more ground on
--         which they need not meet. g is the mean over the places of one of them, taken on the side that gives more,
--         so that a small programme wholly inside a large one counts in full.
-- tau     days in common as a share of the shorter period. Null where a period is unknown, or where two periods that
--         do not meet are only known from days on which a source saw them. A stated end before a stated start
--         excludes the pair, as does an ended programme beside one that has not begun when neither has dates.
-- *_jaccard  codes in common as a share of all codes of the two, each code counted with its broader ones, so that
--         drugs and heroin are half alike. Null where one of the two records none.
-- score   g * tau * weighted mean of the jaccards, over the terms that are known.
with worked as (
    select distinct programme, place, domain, response
    from work
    where programme in (select programme from efforts)
        and place is not null and domain is not null and response is not null
),
kin as (
    select concept as domain, ancestor as other from concept_within
    union
    select ancestor, concept from concept_within
),
reached as (
    select worked.programme, worked.place, worked.domain, worked.response, place_within.ancestor, kin.other
    from worked
    join place_within on place_within.place = worked.place
    join kin on kin.domain = worked.domain
),
shared as (
    select
        least(x.programme, y.programme) as a,
        greatest(x.programme, y.programme) as b,
        list_sort(list(distinct x.place)) as places,
        list_sort(list_distinct(list(x.domain) || list(y.domain))) as domains,
        list_sort(list(distinct x.response)) as responses
    from reached as x
    join worked as y on y.place = x.ancestor and y.domain = x.other and y.response = x.response
    where x.programme <> y.programme
    group by all
),
code as (
    select programme, 'response' as kind, unnest(responses) as code from efforts
    union all
    select programme, 'target', unnest(targets) from efforts
    union all
    select programme, 'domain', unnest(domains) from efforts
),
broadened as (
    select
        code.programme,
        list(distinct concept_within.ancestor) filter (code.kind = 'response') as responses,
        list(distinct concept_within.ancestor) filter (code.kind = 'target') as targets,
        list(distinct concept_within.ancestor) filter (code.kind = 'domain') as domains
    from code
    join concept_within on concept_within.concept = code.code
    group by code.programme
),
pair as (
    select
        shared.*,
        x.leads as leads_a, y.leads as leads_b,
        x.lead_claims || y.lead_claims as lead_claims,
        x.status as status_a, y.status as status_b,
        x.places as places_a, y.places as places_b,
        x.targets as targets_a, y.targets as targets_b,
        p.targets as broad_targets_a, q.targets as broad_targets_b,
        list_sort(list_intersect(x.targets, y.targets)) as targets,
        -- greatest() and least() pass over nulls: two periods only meet where both are known.
        case when x.from_date is not null and y.from_date is not null then greatest(x.from_date, y.from_date) end
            as from_date,
        case when x.to_date is not null and y.to_date is not null then least(x.to_date, y.to_date) end as to_date,
        least(x.to_date - x.from_date, y.to_date - y.from_date) + 1 as shorter,
        x.attested or y.attested as attested,
        len(list_intersect(p.responses, q.responses)) / len(list_distinct(p.responses || q.responses))
            as response_jaccard,
        len(list_intersect(p.targets, q.targets)) / len(list_distinct(p.targets || q.targets)) as target_jaccard,
        len(list_intersect(p.domains, q.domains)) / len(list_distinct(p.domains || q.domains)) as domain_jaccard
    from shared
    join efforts as x on x.programme = shared.a
    join efforts as y on y.programme = shared.b
    join broadened as p on p.programme = shared.a
    join broadened as q on q.programme = shared.b
    where not list_has_any(x.leads, y.leads)
        and not coalesce(x.ends < y.starts or y.ends < x.starts, false)
),
apart as (
    select place, ancestor as other, depth from place_within
    union
    select ancestor, place, depth from place_within
),
near as (
    select pair.a, pair.b, named.place as place_a, apart.other as place_b, 1 / (1 + apart.depth) as near
    from pair
    cross join unnest(pair.places_a) as named(place)
    join apart on apart.place = named.place and list_contains(pair.places_b, apart.other)
),
contained as (
    select a, b, max(near) as g
    from (
        select near.a, near.b, sum(near.near) / any_value(len(pair.places_a)) as near
        from (select a, b, place_a, max(near) as near from near group by a, b, place_a) as near
        join pair on pair.a = near.a and pair.b = near.b
        group by near.a, near.b
        union all
        select near.a, near.b, sum(near.near) / any_value(len(pair.places_b)) as near
        from (select a, b, place_b, max(near) as near from near group by a, b, place_b) as near
        join pair on pair.a = near.a and pair.b = near.b
        group by near.a, near.b
    )
    group by a, b
),
termed as (
    select
        pair.*,
        contained.g,
        case when pair.from_date <= pair.to_date then (pair.to_date - pair.from_date + 1) / pair.shorter end as tau,
        weights.response + weights.domain
            + case when pair.target_jaccard is null then 0 else weights.target end as known,
        weights.response * pair.response_jaccard + weights.domain * pair.domain_jaccard
            + coalesce(weights.target * pair.target_jaccard, 0) as alike
    from pair
    join contained on contained.a = pair.a and contained.b = pair.b
    cross join weights
)
select
    a, b, leads_a, leads_b, lead_claims, status_a, status_b, places_a, places_b,
    targets_a, targets_b, broad_targets_a, broad_targets_b,
    places, domains, responses, targets, attested,
    case when tau is not null then from_date end as from_date,
    case when tau is not null then to_date end as to_date,
    round(g, 4) as g,
    round(tau, 4) as tau,
    round(response_jaccard, 4) as response_jaccard,
    round(target_jaccard, 4) as target_jaccard,
    round(domain_jaccard, 4) as domain_jaccard,
    round(known, 4) as known,
    round(g * coalesce(tau, 1) * alike / known, 4) as score
from termed
where tau is not null or not coalesce(
    (status_a = 'status/ended' and status_b = 'status/proposed')
    or (status_a = 'status/proposed' and status_b = 'status/ended'), false)
