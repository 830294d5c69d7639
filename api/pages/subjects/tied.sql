-- The two actors of whom most ties are told, the busier one first, to ask what a link between them rests on.
with told as (
    select least(actor, other) as one, greatest(actor, other) as other, count(distinct id) as ties
    from tie
    where actor <> other
    group by all
),

known as (
    select actor, count(*) as all_ties
    from (select one as actor from told union all select other from told)
    group by actor
)

select told.one, told.other
from told
join known as mine on mine.actor = told.one
join known as theirs on theirs.actor = told.other
order by told.ties desc, mine.all_ties + theirs.all_ties desc, told.one, told.other
limit $most
