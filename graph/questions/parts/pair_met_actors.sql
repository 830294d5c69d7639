-- No two actors yet: the columns of those that are found, strangers or not.
-- They come from pair_even or pair_every, by way of pair_met and pair_meeting; pair_strangers tells who are strangers.
select
    '' as actor, '' as other, '' as reach, cast(null as double) as score, cast(null as double) as known,
    cast(null as bigint) as a_no, cast(null as bigint) as b_no, cast(null as boolean) as strangers
limit 0
