-- The domains that count when $domain is asked for: it, and everything narrower.
select concept as domain from concept_within where list_contains($domain::varchar[], ancestor)
