-- Any two records that meet in a block, side by side as sketches: once for each block in which they meet. A part of the
-- blocks at a time.

create temp view side_l as select columns('(.*)') as '\1_l' from sketch;

create temp view side_r as select columns('(.*)') as '\1_r' from sketch;

create temp macro met(rest, parts) as table
select side_l.*, side_r.*
from (select * from blocked where block % parts = rest) as one
join (select * from blocked where block % parts = rest) as two on two.block = one.block and one.n < two.n
join side_l on unique_id_l = one.n
join side_r on unique_id_r = two.n
where
    (getvariable('within') or sides_l <> sides_r or sides_l = 3)
    -- Two records whose periods are wholly stated and lie apart are two phases, not one effort.
    and coalesce(
        starts_l - ends_r <= getvariable('days_apart') and starts_r - ends_l <= getvariable('days_apart'), true);
