-- Who takes part in the efforts of pair_scored. It reads the tables that `engagement` puts together, because few of
-- their rows are wanted and a condition does not reach through that view.
select pair_record.effort_no, participant.actor, engaged.role, engaged.participation
from (
    select programme_no, actor_no, role, participation
    from engagement_stated
    where programme_no in (select programme_no from pair_record)
    union all
    select programme_no, actor_no, role, participation
    from engagement_across
    where programme_no in (select programme_no from pair_record)
) as engaged
join pair_record on pair_record.programme_no = engaged.programme_no
join participant on participant.actor_no = engaged.actor_no
