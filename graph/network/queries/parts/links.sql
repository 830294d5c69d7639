-- Every link between two things as an edge, in the words of the claim: participations, ties, mandates, units,
-- places of programmes, legs, commitments. `named` is the id whose label the edge bears. What has no period by
-- its nature (a unit, a State's agency) is timeless and stays, whatever the period asked for.
select * from (
    select
        actor as source, programme as target, split_part(role, '/', 2) as kind, id, role as named,
        []::varchar[] as domains, from_date, to_date, false as timeless, true as directed, [id] as claims, dataset
    from participation
    union all
    select
        actor, other, split_part(kind, '/', 2), id, kind,
        domains, from_date, to_date, false, kind not in ('tie-kind/coordinates-with', 'tie-kind/colludes-with'), [id], dataset
    from tie
    union all
    select
        actor, coalesce(place, domain), 'mandate', id, level,
        [domain], from_date, to_date, false, true, [id], dataset
    from mandate
    union all
    select id, part_of, 'part-of', id, 'tie-kind/part-of', [], null, null, true, true, [id], dataset
    from actor
    union all
    select id, state, 'of-state', id, null, [], null, null, true, true, [id], dataset
    from actor
    union all
    select id, parent, 'part-of', id, 'tie-kind/part-of', domains, from_date, to_date, false, true, [id], dataset
    from programme
    union all
    select id, unnest(places), 'takes-place-in', id, null, domains, from_date, to_date, false, true, [id], dataset
    from programme
    union all
    select flow, place, 'leg', id, role, [], from_date, to_date, false, true, [id], dataset
    from leg
    union all
    select flow, next, 'leg', id, null, [], from_date, to_date, false, true, [id], dataset
    from leg
    union all
    select unnest(actors), id, 'carries', id, null, domains, from_date, to_date, false, true, [id], dataset
    from flow
    union all
    select state, instrument, 'commitment', id, action, [], committed_on, null, false, true, [id], dataset
    from commitment
)
where
    source is not null and target is not null
    and ($dataset is null or list_contains($dataset::varchar[], dataset))
    and ($on is null or timeless or $on::date between from_date and coalesce(to_date, from_date))
    and ($from is null or timeless or coalesce(to_date, from_date) >= $from::date)
    and ($to is null or timeless or from_date <= $to::date)
