-- What the claims state by the properties that lead from one thing to the next, as from a code to a broader one.
select subject, p, o
from claim
where subject is not null and is_iri and p <> 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
order by subject, p, o
