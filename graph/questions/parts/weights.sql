-- What counts how much in the score of an overlap; the only place that says so.
-- GAO-15-49SP calls it duplication when the same activities serve the same beneficiaries: response and target weigh
-- alike and carry the score. The domain is the broad area that both share anyway, so it only tells near from nearer.
select
    cast(0.4 as double) as response,
    cast(0.4 as double) as target,
    cast(0.2 as double) as domain
