-- What people judged of two programmes, by the order of their ids; `said` is the reason.
create table judged_pair as
select a, b, decision, judgement, said
from told_report
where decision is not null
order by all;

-- Records of one effort: what was computed, except for pairs that people judged, and what they judged to be one. Each
-- other decision says that there are two efforts.
create view double_report as
select told_report.* exclude (decision, judgement, said)
from told_report
anti join judged_pair
    on judged_pair.a = least(told_report.a, told_report.b) and judged_pair.b = greatest(told_report.a, told_report.b)
union all by name
select
    told.* exclude (decision, judgement, said, a, b, decided, basis, claims),
    judged_pair.a, judged_pair.b, true as decided,
    list_append(coalesce(told.basis, []), 'judged to be one effort: ' || judged_pair.said) as basis,
    list_append(coalesce(told.claims, []), judged_pair.judgement) as claims
from (from told_report where decision is null) as told
right join judged_pair
    on judged_pair.a = least(told.a, told.b) and judged_pair.b = greatest(told.a, told.b)
where judged_pair.decision = 'one-effort';
