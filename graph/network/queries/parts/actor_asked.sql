-- The actors that count when $actor is asked for: it, and its units.
select actor from actor_within where list_contains($actor::varchar[], ancestor)
