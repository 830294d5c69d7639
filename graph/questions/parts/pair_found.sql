-- No pair yet: the columns of those that are found, in the order in which they are added.
-- They come from pair_even or pair_every, by way of pair_met, and where verdicts are asked for by way of pair_alike.
select
    cast(null as bigint) as a_no, cast(null as bigint) as b_no,
    '' as reach, cast(null as double) as g, cast(null as double) as tau,
    cast(null as double) as response_jaccard, cast(null as double) as target_jaccard,
    cast(null as double) as domain_jaccard, cast(null as double) as known, cast(null as double) as score,
    '' as verdict
limit 0
