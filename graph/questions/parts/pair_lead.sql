-- Who leads the efforts of pair_scored.
select effort_no, list_sort(list(distinct actor)) as actors
from pair_engaged
where role in ('role/accountable', 'role/implementing')
group by effort_no
