-- What the claims state of the things $iris: their classes, which the shapes look at beyond a subject's own claims.
select subject, p, o
from claim
where p = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' and is_iri and list_contains($iris, subject)
