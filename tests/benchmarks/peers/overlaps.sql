-- Pairs with their score and terms; verdicts are only worked out for the page.
with worked as materialized (
    select e.code as programme, pl.place, dm.domain, rs.response
    from effort as e
    join programme_place as pl on pl.programme = e.code
    join programme_domain as dm on dm.programme = e.code
    join programme_response as rs on rs.programme = e.code
    where pl.place in (select place from spots($place))
        and dm.domain in (select concept from narrower($domain))  -- if domain
),
kin as (
    select concept, ancestor as other from concept_within
    union
    select ancestor, concept from concept_within
),
met as materialized (
    select distinct least(x.programme, y.programme) as a, greatest(x.programme, y.programme) as b
    from worked as x
    join place_within as w on w.place = x.place
    join kin on kin.concept = x.domain
    join worked as y on y.place = w.ancestor and y.domain = kin.other and y.response = x.response
    where x.programme <> y.programme
),
code as (
    select code as programme, 1 as kind, unnest(responses) as code from effort where code in (select a from met union select b from met)
    union all
    select code, 2, unnest(targets) from effort where code in (select a from met union select b from met)
    union all
    select code, 3, unnest(domains) from effort where code in (select a from met union select b from met)
),
broad as materialized (
    select
        programme,
        coalesce(list(distinct w.ancestor) filter (kind = 1), []) as responses,
        coalesce(list(distinct w.ancestor) filter (kind = 2), []) as targets,
        coalesce(list(distinct w.ancestor) filter (kind = 3), []) as domains
    from code join concept_within as w on w.concept = code.code
    group by programme
),
pair as materialized (
    select
        met.a, met.b, x.leads, y.leads as other_leads, x.status, y.status as other_status,
        x.places as places_a, y.places as places_b, x.targets as targets_a, y.targets as targets_b,
        p.targets as broad_a, q.targets as broad_b,
        case when x.from_date is not null and y.from_date is not null then greatest(x.from_date, y.from_date) end as since,
        case when x.to_date is not null and y.to_date is not null then least(x.to_date, y.to_date) end as until,
        least(x.to_date - x.from_date, y.to_date - y.from_date) + 1 as shorter,
        len(list_intersect(p.responses, q.responses)) as r,
        len(list_intersect(p.targets, q.targets)) as t,
        len(list_intersect(p.domains, q.domains)) as d,
        r / (len(p.responses) + len(q.responses) - r) as response_jaccard,
        case when len(p.targets) > 0 and len(q.targets) > 0 then t / (len(p.targets) + len(q.targets) - t) end
            as target_jaccard,
        d / (len(p.domains) + len(q.domains) - d) as domain_jaccard
    from met
    join effort as x on x.code = met.a
    join effort as y on y.code = met.b
    join broad as p on p.programme = met.a
    join broad as q on q.programme = met.b
    where not list_has_any(x.leads, y.leads)
        and not coalesce(x.ends < y.starts or y.ends < x.starts, false)
        and (
            coalesce(x.from_date <= y.to_date and y.from_date <= x.to_date, false)
            or not coalesce((x.status = 'status/ended' and y.status = 'status/proposed')
                or (x.status = 'status/proposed' and y.status = 'status/ended'), false))
),
apart as (
    select place, ancestor as other, depth from place_within
    union
    select ancestor, place, depth from place_within
),
side as (
    select a, b, 1 as which, unnest(places_a) as place, places_b as others, len(places_a) as places from pair
    union all
    select a, b, 2, unnest(places_b), places_a, len(places_b) from pair
),
near as (
    select side.a, side.b, side.which, side.place, side.places, max(1 / (1 + apart.depth)) as near
    from (select *, unnest(others) as other from side) as side
    join apart on apart.place = side.place and apart.other = side.other
    group by all
),
placed as (
    select a, b, max(g) as g
    from (select a, b, which, sum(near) / any_value(places) as g from near group by a, b, which)
    group by a, b
),
page as materialized (
    select
        pair.*, placed.g,
        case when since <= until then (until - since + 1) / shorter end as tau,
        (0.6 + case when target_jaccard is null then 0 else 0.4 end)::double as known,
        round(placed.g
            * coalesce(case when since <= until then (until - since + 1) / shorter end, 1)
            * (0.4 * response_jaccard + 0.2 * domain_jaccard + coalesce(0.4 * target_jaccard, 0))
            / ((0.6 + case when target_jaccard is null then 0 else 0.4 end)::double), 4) as score
    from pair
    join placed on placed.a = pair.a and placed.b = pair.b
    order by score desc, known desc, pair.a, pair.b
    limit $limit
),
finest as (
    select distinct a, b
    from (select a, b, places_a || places_b as every, unnest(list_intersect(places_a, places_b)) as place from page) as spot
    where not exists (
        select 1 from place_within as w
        where w.ancestor = spot.place and w.depth > 0 and list_contains(spot.every, w.place))
),
led as (
    select a, b, unnest(leads) as lead, b as programme from page
    union all
    select a, b, unnest(other_leads), a from page
),
linked as (
    select led.a, led.b
    from led
    join house on house.actor = led.lead
    join participation as x on x.programme = led.programme and x.actor = house.house
    where x.role not in (role_of('implementing'), role_of('accountable'))
    union
    select page.a, page.b
    from page
    join participation as x on x.programme = page.a and x.role in (role_of('funding'), role_of('extending'))
    join participation as y
        on y.programme = page.b and y.actor = x.actor and y.role in (role_of('funding'), role_of('extending'))
    union
    select page.a, page.b
    from page
    join family as x on x.programme = page.a
    join family as y on y.programme = page.b and y.ancestor = x.ancestor
    union
    select page.a, page.b
    from (select a, b, lead, unnest(other_leads) as other from (select *, unnest(leads) as lead from page)) as page
    join together on together.actor = page.lead and together.other = page.other
)
select
    page.a as programme, page.b as other, page.score, page.leads, page.other_leads, page.status, page.other_status,
    round(page.g, 4) as g, round(page.tau, 4) as tau, round(page.response_jaccard, 4) as response_jaccard,
    round(page.target_jaccard, 4) as target_jaccard, round(page.domain_jaccard, 4) as domain_jaccard, page.known,
    case
        when len(targets_a) = 0 or len(targets_b) = 0 then 'verdict/undetermined'
        when not list_has_any(broad_a, targets_b) and not list_has_any(broad_b, targets_a) then 'verdict/complementary'
        when finest.a is null or not list_has_any(targets_a, targets_b) then 'verdict/undetermined'
        when linked.a is not null then 'verdict/coordinated'
        else 'verdict/possibly-duplicating'
    end as verdict,
    (select count(*) from pair) as total
from page
left join finest on finest.a = page.a and finest.b = page.b
left join linked on linked.a = page.a and linked.b = page.b
order by page.score desc, page.known desc, page.a, page.b
