-- The likely pairs of one chunk that are to be compared: those of which identifiers and lists say nothing.

create or replace table candidate as
select likely.n as join_key_l, likely.m as join_key_r, '0' as match_key
from likely
left join listed as one_listed on one_listed.n = likely.n
left join listed as two_listed on two_listed.n = likely.m
left join identified on identified.n = likely.n and identified.m = likely.m
where
    likely.rowid // $size = $chunk
    and identified.decided is not true
    and identified.excluded is not true
    and coalesce(not list_has_any(one_listed.lists, two_listed.lists), true);
