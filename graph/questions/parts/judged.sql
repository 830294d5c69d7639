-- Each overlap of the page with its verdict (always for review), why, and the links that are recorded.
-- The finest known place is a place that both record while neither records one within it. Then:
--   a target unknown                                      undetermined
--   targets known, none in common and none broader        complementary
--   no finest place in common, or targets only akin       undetermined
--   else a link                                           coordinated
--   else                                                  possibly duplicating
with held as (
    select distinct pair_side.row_, place_within.ancestor as place
    from pair_side
    join place_set on place_set.place_set = pair_side.place_set
    join place_within on place_within.place = place_set.place and place_within.depth > 0
),
finest as (
    select overlap.row_, list_sort(list(distinct x.place)) as places
    from overlap
    join place_set as x on x.place_set = overlap.place_set_a
    join place_set as y on y.place_set = overlap.place_set_b and y.place = x.place
    left join held on held.row_ = overlap.row_ and held.place = x.place
    where held.row_ is null
    group by overlap.row_
),
akin as (
    select distinct overlap.row_
    from overlap
    join target_set as x on x.target_set = overlap.target_set_a
    join target_set as y on y.target_set = overlap.target_set_b
    join (
        select concept as one, ancestor as other from concept_within
        union
        select ancestor, concept from concept_within
    ) as kin on kin.one = x.target and kin.other = y.target
),
weighed as (
    select
        overlap.*,
        coalesce(finest.places, []) as same_places,
        coalesce(links.links, []) as links,
        coalesce(links.claims, []) as link_claims,
        overlap.target_jaccard is null as target_unknown,
        len(overlap.targets) > 0 as same_target,
        akin.row_ is not null as target_akin
    from overlap
    left join finest on finest.row_ = overlap.row_
    left join links on links.a_no = overlap.a_no and links.b_no = overlap.b_no
    left join akin on akin.row_ = overlap.row_
)
select
    * exclude (claims, link_claims, target_unknown, same_target, target_akin),
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
    list_filter([
        case when tau is null then 'period' end,
        case when target_unknown then 'target' end
    ], lambda term: term is not null) as unknown,
    list_sort(list_distinct(claims || link_claims))[:200] as claims
from weighed
