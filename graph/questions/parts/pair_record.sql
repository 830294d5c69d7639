-- The records of the efforts of pair_scored: one each, but for efforts that several records tell of.
select wanted.effort_no, coalesce(effort_of.programme_no, wanted.effort_no) as programme_no
from (select a_no as effort_no from pair_scored union select b_no from pair_scored) as wanted
left join effort_of on effort_of.effort_no = wanted.effort_no
