-- Subjects that state two different texts in one language by $paths.
with many as (
    select s, lower(lang) as lang
    from claim
    where list_contains($paths, p) and lang is not null
    group by all
    having count(*) > 1
)
select s
from (
    select distinct s, o, lower(lang) as lang
    from claim semi join many on claim.s = many.s and lower(claim.lang) = many.lang
    where list_contains($paths, p)
)
group by s, lang
having count(*) > 1
