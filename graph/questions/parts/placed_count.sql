-- How many efforts each actor leads, how many of them are of the kind asked for, and how many of these at the place
-- asked for. A part counts with its topmost whole.
with counted as (
    select identity_no, of_kind, here
    from placed_work
    where whole_no not in (select whole_no from larger)
    union all
    select identity_no, bool_or(of_kind), bool_or(here)
    from placed_work
    where whole_no in (select whole_no from larger)
    group by identity_no, whole_no
)
select
    identity_no,
    count(*) as programmes,
    count(*) filter (of_kind) as of_kind,
    count(*) filter (here) as here
from counted
group by identity_no
