-- How each expected response stands at each leg's place, domain and role.
--   covered        at least one active presence, two actors at work or more, and a funder known
--   thin           at least one active presence, but at most one actor at work, or no funder known
--   planned        no active one; proposed, or stated to begin later
--   ended          neither; what is known has ended or is suspended
--   none-recorded  nothing of these, though a dataset covers the place, domain and period
--   no-source      nothing of these, and no dataset covers it
-- Who counts as at work and whose money is known, gap_answered tells.
with expected as (
    select distinct gap_leg.place, gap_leg.domain, gap_leg.role as place_role,
        expectation.response, expectation.weight, expectation.reason, expectation.basis
    from gap_leg
    join expectation on expectation.domain = gap_leg.domain and expectation.place_role = gap_leg.role
)

select
    expected.*, gap_coverage.coverage,
    case
        when active and least_actor < greatest_actor and paid then 'gap-status/covered'
        when active then 'gap-status/thin'
        when planned then 'gap-status/planned'
        when ended then 'gap-status/ended'
        when gap_coverage.coverage is not null then 'gap-status/none-recorded'
        else 'gap-status/no-source'
    end as status,
    case distance when 1 then 'place' when 2 then 'part' when 3 then 'region' end as covered_at
from expected
left join gap_answered
    on gap_answered.place = expected.place
    and gap_answered.domain = expected.domain
    and gap_answered.response = expected.response
left join gap_coverage on gap_coverage.place = expected.place and gap_coverage.domain = expected.domain
