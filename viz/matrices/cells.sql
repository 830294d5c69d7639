-- The fullest rows and columns of a matrix, the cells between them, and all of it, over the parts of the question
-- `presence-matrix`. A programme with several places counts in each of their cells but once in a margin, so margins are
-- counted, not added up. Programmes are counted by the sets that they state, and the counts go to what is in a set:
-- there are far fewer sets than programmes. An effort that several records tell of would count twice that way; these
-- few are laid out one by one (`shared`).
with staged as (
    select
        programme_no,
        effort_no,
        coalesce(status = 'status/proposed', false) as planned,
        coalesce(status in ('status/ended', 'status/suspended'), false) as over,
        case $rows
            when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
            when 'target' then target_set when 'actor' then identity_no
        end as down_set,
        case $rows when 'role' then role when 'status' then status end as down_code,
        case $columns
            when 'place' then place_set when 'domain' then domain_set when 'response' then response_set
            when 'target' then target_set when 'actor' then identity_no
        end as across_set,
        case $columns when 'role' then role when 'status' then status end as across_code
    from asked
    left join participant on participant.actor_no = asked.actor_no and 'actor' in ($rows, $columns)
    where coalesce(status, '') not in ('status/refused', 'status/cancelled')
),

seen as materialized (
    select distinct *, programme_no in (select programme_no from effort_of) as shared from staged
),

shown as (
    select distinct place_of.place_set, grain.shown as place
    from place_of
    left join grain on grain.place = place_of.place
),

known as (select distinct identity_no, actor from participant),

down_of as materialized (
    select place_set as down_set, place as down from shown where $rows = 'place'
    union all
    select domain_set, domain from domain_of where $rows = 'domain'
    union all
    select response_set, response from response_of where $rows = 'response'
    union all
    select target_set, target from target_of where $rows = 'target'
    union all
    select identity_no, actor from known where $rows = 'actor'
),

across_of as materialized (
    select place_set as across_set, place as across from shown where $columns = 'place'
    union all
    select domain_set, domain from domain_of where $columns = 'domain'
    union all
    select response_set, response from response_of where $columns = 'response'
    union all
    select target_set, target from target_of where $columns = 'target'
    union all
    select identity_no, actor from known where $columns = 'actor'
),

tally as materialized (
    select
        down_set, down_code, across_set, across_code,
        count(*) filter (not planned) as programmes,
        count(*) filter (planned) as proposed,
        count(*) filter (not planned and not over) as running
    from seen
    where not shared
    group by down_set, down_code, across_set, across_code
),

shared as materialized (
    select distinct
        effort_no, planned, over, coalesce(down, down_code) as down, coalesce(across, across_code) as across
    from seen
    left join down_of using (down_set)
    left join across_of using (across_set)
    where shared and ($rows <> $columns or coalesce(down, down_code) is not distinct from coalesce(across, across_code))
),

-- Several may take part in a programme, and one as several things: in a margin it then counts once nevertheless.
down_tally as (
    select down_set, down_code, sum(programmes) as programmes, sum(proposed) as proposed
    from tally
    where $columns not in ('actor', 'role')
    group by down_set, down_code
    union all
    select down_set, down_code, count(*) filter (not planned), count(*) filter (planned)
    from (
        select distinct programme_no, planned, down_set, down_code
        from seen
        where not shared and $columns in ('actor', 'role')
    )
    group by down_set, down_code
),

across_tally as (
    select across_set, across_code, sum(programmes) as programmes, sum(proposed) as proposed
    from tally
    where $rows not in ('actor', 'role')
    group by across_set, across_code
    union all
    select across_set, across_code, count(*) filter (not planned), count(*) filter (planned)
    from (
        select distinct programme_no, planned, across_set, across_code
        from seen
        where not shared and $rows in ('actor', 'role')
    )
    group by across_set, across_code
),

down_margin as materialized (
    select down, sum(programmes)::bigint as programmes, sum(proposed)::bigint as proposed
    from (
        select coalesce(down, down_code) as down, programmes, proposed
        from down_tally
        left join down_of using (down_set)
        union all
        select
            down, count(distinct effort_no) filter (not planned), count(distinct effort_no) filter (planned)
        from shared
        group by down
    )
    group by down
),

across_margin as materialized (
    select across, sum(programmes)::bigint as programmes, sum(proposed)::bigint as proposed
    from (
        select coalesce(across, across_code) as across, programmes, proposed
        from across_tally
        left join across_of using (across_set)
        union all
        select
            across, count(distinct effort_no) filter (not planned), count(distinct effort_no) filter (planned)
        from shared
        group by across
    )
    group by across
),

down_drawn as materialized (
    select * from down_margin order by programmes desc, proposed desc, down limit $most_rows
),

across_drawn as materialized (
    select * from across_margin order by programmes desc, proposed desc, across limit $most_columns
),

-- The sets that put something into a row or column that is drawn; a role and a status is its own.
down_member as materialized (
    select down_of.down_set, null::varchar as down_code, down_of.down
    from down_of
    join down_drawn on down_drawn.down is not distinct from down_of.down
    union all
    select null, down, down from down_drawn where $rows in ('role', 'status')
    union all
    select null, null, null where $rows = 'actor'
),

across_member as materialized (
    select across_of.across_set, null::varchar as across_code, across_of.across
    from across_of
    join across_drawn on across_drawn.across is not distinct from across_of.across
    union all
    select null, across, across from across_drawn where $columns in ('role', 'status')
    union all
    select null, null, null where $columns = 'actor'
),

counted as (
    select down_member.down, across_member.across, tally.programmes, tally.proposed, tally.running
    from tally
    join down_member
        on down_member.down_set is not distinct from tally.down_set
        and down_member.down_code is not distinct from tally.down_code
    join across_member
        on across_member.across_set is not distinct from tally.across_set
        and across_member.across_code is not distinct from tally.across_code
    where $rows <> $columns or down_member.down is not distinct from across_member.across
    union all
    select
        shared.down, shared.across,
        count(distinct effort_no) filter (not planned),
        count(distinct effort_no) filter (planned),
        count(distinct effort_no) filter (not planned and not over)
    from shared
    join down_drawn on down_drawn.down is not distinct from shared.down
    join across_drawn on across_drawn.across is not distinct from shared.across
    group by shared.down, shared.across
)

select
    down, across, false as all_down, false as all_across,
    sum(programmes)::bigint as programmes, sum(proposed)::bigint as proposed, sum(running)::bigint as running,
    0 as rows_, 0 as columns_, []::varchar[] as claims
from counted
group by down, across
union all
select down, null, false, true, programmes, proposed, 0, 0, 0, [] from down_drawn
union all
select null, across, true, false, programmes, proposed, 0, 0, 0, [] from across_drawn
union all
select
    null, null, true, true,
    count(distinct effort_no) filter (not planned),
    count(distinct effort_no) filter (planned),
    0,
    (select count(*) from (select down from down_margin union select unnest($rows_expected::varchar[]))),
    (select count(*) from (select across from across_margin union select unnest($columns_expected::varchar[]))),
    []
from seen
