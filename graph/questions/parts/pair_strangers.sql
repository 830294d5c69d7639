-- The pairs of pair_actors whom nothing recorded brings together: they neither stand together nor take part in one
-- programme that runs or ran.
with taking as (
    select distinct engagement.effort_no, participant.actor
    from engagement
    join participant on participant.actor_no = engagement.actor_no
    where participant.actor in (select actor from pair_actors union all select other from pair_actors)
        and coalesce(engagement.status, '') not in ('status/proposed', 'status/refused', 'status/cancelled')
),
met as (
    select pair_actors.actor, pair_actors.other
    from pair_actors
    join taking as x on x.actor = pair_actors.actor
    join taking as y on y.actor = pair_actors.other and y.effort_no = x.effort_no
)
select actor, other from pair_actors
except
select actor, other from pair_stand
except
select actor, other from met
