-- What was judged last of two efforts, whichever of their records it was said of.
create table judged_effort as
with effort_record as (
    select programme.id, coalesce(effort_of.effort_no, programme.programme_no) as effort_no
    from programme
    join (
        select a as id from judged_pair
        union
        select b from judged_pair
    ) as named on named.id = programme.id
    left join effort_of on effort_of.programme_no = programme.programme_no
)
select
    least(x.effort_no, y.effort_no) as a_no, greatest(x.effort_no, y.effort_no) as b_no,
    max_by(judged_pair.decision, cast(split_part(judged_pair.judgement, '/', 2) as integer)) as decision,
    max_by(judged_pair.judgement, cast(split_part(judged_pair.judgement, '/', 2) as integer)) as judgement,
    max_by(judged_pair.said, cast(split_part(judged_pair.judgement, '/', 2) as integer)) as said
from judged_pair
join effort_record as x on x.id = judged_pair.a
join effort_record as y on y.id = judged_pair.b
where x.effort_no <> y.effort_no
group by least(x.effort_no, y.effort_no), greatest(x.effort_no, y.effort_no)
order by a_no, b_no;
