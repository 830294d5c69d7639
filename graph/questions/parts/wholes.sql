-- Each effort that is a part of a larger one with the same leads, beside every such larger one and how far up it is:
-- what counts efforts counts the part with its whole. A whole that is only proposed takes in nothing that runs.
with recursive up as (
    select programme.id as programme, programme.parent as ancestor, 1 as depth
    from programme
    where programme.parent is not null
    union
    select up.programme, programme.parent, up.depth + 1
    from up
    join programme on programme.id = up.ancestor
    where programme.parent is not null and up.depth < 16
)
select part.programme, whole.programme as whole, max(up.depth) as depth
from up
join efforts as part on part.programme = up.programme
join efforts as whole on whole.programme = up.ancestor and whole.leads = part.leads
where coalesce(whole.status, '') <> 'status/proposed' and whole.programme <> part.programme
group by part.programme, whole.programme
