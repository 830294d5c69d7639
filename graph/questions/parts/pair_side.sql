-- The two efforts of each row of the page with what they record, in words; the one whose id comes first is `a`.
with effort_side as (
    select page.row_, effort.*, row_number() over (partition by page.row_ order by effort.programme) as side
    from (select row_, a_no as effort_no from page union all select row_, b_no from page) as page
    join effort on effort.effort_no = page.effort_no
),
record as (
    select pair_record.effort_no, list(distinct programme.id) as records
    from pair_record
    join programme on programme.programme_no = pair_record.programme_no
    group by pair_record.effort_no
),
lead as (
    select
        effort_no, list_sort(list(distinct actor)) as leads, list_sort(list(distinct participation)) as lead_claims
    from pair_engaged
    where role in ('role/accountable', 'role/implementing')
    group by effort_no
)
select
    effort_side.row_, effort_side.side = 1 as first, effort_side.effort_no, effort_side.programme, effort_side.status,
    effort_side.place_set, effort_side.domain_set, effort_side.response_set, effort_side.target_set,
    effort_side.from_date, effort_side.to_date, effort_side.attested,
    lead.leads, record.records || lead.lead_claims as claims
from effort_side
join record on record.effort_no = effort_side.effort_no
join lead on lead.effort_no = effort_side.effort_no
