-- The pairs to compare whose first record is in the chunk; each once, however many blocks it is in.

create or replace table candidate as
select pair.join_key_l, pair.join_key_r, '0' as match_key
from (
    select distinct a.n as join_key_l, b.n as join_key_r
    from blocked as a
    join blocked as b on b.block = a.block and a.n < b.n
    where
        a.n % $chunks = $chunk
        and (getvariable('within') or a.sides <> b.sides or a.sides = 3)
) as pair
join record as one on one.unique_id = pair.join_key_l
join record as two on two.unique_id = pair.join_key_r
left join listed as one_listed on one_listed.n = pair.join_key_l
left join listed as two_listed on two_listed.n = pair.join_key_r
left join identified on identified.n = pair.join_key_l and identified.m = pair.join_key_r
where
    identified.decided is not true
    and identified.excluded is not true
    and coalesce(not list_has_any(one_listed.lists, two_listed.lists), true)
    -- Two records whose periods are wholly stated and lie apart are two phases, not one effort.
    and coalesce(
        one.starts - two.ends <= getvariable('days_apart') and two.starts - one.ends <= getvariable('days_apart'), true);
