-- The places where something counts as being at the place asked for: that place, what lies within it and the regions
-- that hold it.
select place from place_within where list_contains($place::varchar[], ancestor)
union
select ancestor from place_within where list_contains($place::varchar[], place)
