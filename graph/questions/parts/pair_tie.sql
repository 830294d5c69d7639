-- The ties that bring two actors together. Ties that hinder (obstructs, exploits, pressures, investigates, colludes
-- with) bring nobody together, and supplying goods is no joint work.
select tie.id, tie.actor, tie.kind, tie.other
from tie
where tie.kind in (
    select concept
    from concept_within
    where ancestor in (
        'tie-kind/coordinates-with', 'tie-kind/member-of', 'tie-kind/part-of', 'tie-kind/funds',
        'tie-kind/established', 'tie-kind/supports', 'tie-kind/protects'))
