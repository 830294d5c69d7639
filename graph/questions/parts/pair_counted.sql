-- The efforts of pair_effort that somebody leads, numbered from 0, as they are counted: codes and days as numbers. Where
-- a bound is not known the period reaches as far as it may (starts, ends), or nowhere (from_day, to_day).
select
    row_number() over (order by effort_no) - 1 as nth, effort_no, place_set, domain, response, target, stage, asked,
    coalesce(starts - date '1970-01-01', -9999999) as starts, coalesce(ends - date '1970-01-01', 9999999) as ends,
    case when from_date is null or to_date is null then 9999999 else from_date - date '1970-01-01' end as from_day,
    case when from_date is null or to_date is null then -9999999 else to_date - date '1970-01-01' end as to_day
from pair_effort
where effort_no in (select effort_no from pair_leading)
