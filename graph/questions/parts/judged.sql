-- Each overlap with its verdict (always for review), why, and the links that are recorded.
-- The finest known place is a place that both record while neither records one within it. Then:
--   a target unknown                                      undetermined
--   targets known, none in common and none broader        complementary
--   no finest place in common, or targets only akin       undetermined
--   else a link                                           coordinated
--   else                                                  possibly duplicating
with held as (
    select distinct overlap.a, overlap.b, place_within.ancestor as place
    from overlap
    cross join unnest(overlap.places_a || overlap.places_b) as named(place)
    join place_within on place_within.place = named.place and place_within.depth > 0
),
finest as (
    select overlap.a, overlap.b, list_sort(list(named.place)) as places
    from overlap
    cross join unnest(list_intersect(overlap.places_a, overlap.places_b)) as named(place)
    left join held on held.a = overlap.a and held.b = overlap.b and held.place = named.place
    where held.place is null
    group by overlap.a, overlap.b
),
weighed as (
    select
        overlap.*,
        coalesce(finest.places, []) as same_places,
        coalesce(links.links, []) as links,
        coalesce(links.claims, []) as link_claims,
        len(overlap.targets_a) = 0 or len(overlap.targets_b) = 0 as target_unknown,
        len(overlap.targets) > 0 as same_target,
        list_has_any(overlap.broad_targets_a, overlap.targets_b)
            or list_has_any(overlap.broad_targets_b, overlap.targets_a) as target_akin
    from overlap
    left join finest on finest.a = overlap.a and finest.b = overlap.b
    left join links on links.a = overlap.a and links.b = overlap.b
)
select
    * exclude (target_unknown, same_target, target_akin),
    case
        when target_unknown then 'verdict/undetermined'
        when not same_target and not target_akin then 'verdict/complementary'
        when len(same_places) = 0 or not same_target then 'verdict/undetermined'
        when len(links) > 0 then 'verdict/coordinated'
        else 'verdict/possibly-duplicating'
    end as verdict,
    list_filter([
        case when target_unknown then 'for whom is not recorded on both sides' end,
        case when not target_unknown and not same_target and target_akin
            then 'the target of one only includes that of the other' end,
        case when not target_unknown and not same_target and not target_akin then 'for different targets' end,
        case when len(same_places) = 0 then 'one records a finer place than the other' end,
        case when tau is null then 'it is not known whether they ran at the same time' end,
        case when len(links) > 0 then 'a link is recorded' end,
        case when len(links) = 0 then 'no link is recorded' end
    ], lambda reason: reason is not null) as because,
    list_sort(list_distinct([a, b] || lead_claims || link_claims)) as claims
from weighed
