-- The routes of each flow: its legs followed from place to next place, from where nothing leads on to them. A flow that
-- only goes round in a circle begins at the first of its places by id. No route passes a place twice.
with recursive step as (
    select distinct flow, place, next from leg
    where $dataset is null or list_contains($dataset::varchar[], dataset)
),

head as (
    select distinct flow, place
    from step
    where (flow, place) not in (select flow, next from step where next is not null)
),

start as (
    select flow, place from head
    union
    select flow, min(place) from step where flow not in (select flow from head) group by flow
),

walked as (
    select flow, place as at, [place] as route from start
    union all
    select walked.flow, step.next, list_append(walked.route, step.next)
    from walked
    join step on step.flow = walked.flow and step.place = walked.at
    where step.next is not null and not list_contains(walked.route, step.next) and len(walked.route) < 16
)

-- Only whole routes: one that goes on is not a route of its own.
select distinct flow, route
from walked
where not exists (
    select 1
    from step
    where
        step.flow = walked.flow and step.place = walked.at
        and step.next is not null and not list_contains(walked.route, step.next)
)
