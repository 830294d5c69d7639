// Pairs only: without scores, verdicts and links.
MATCH (asked:Place {id: $place})
MATCH (near:Place) WHERE EXISTS { MATCH (near)-[:Within*0..16]->(asked) } OR EXISTS { MATCH (asked)-[:Within*1..16]->(near) }
WITH collect(near.code) AS spots
MATCH (fine:Place)-[:Within*0..16]->(wide:Place) WHERE fine.code IN spots AND wide.code IN spots
WITH DISTINCT fine, wide
MATCH (x:Programme)-[:InPlace]->(fine)
WITH DISTINCT x, wide
MATCH (y:Programme)-[:InPlace]->(wide)
WHERE x.code <> y.code AND x.class <> 'Meeting' AND y.class <> 'Meeting'
  AND (x.status IS NULL OR NOT x.status IN ['status/refused', 'status/cancelled'])
  AND (y.status IS NULL OR NOT y.status IN ['status/refused', 'status/cancelled'])
  AND (x.finishes IS NULL OR y.begins IS NULL OR x.finishes >= y.begins)
  AND (y.finishes IS NULL OR x.begins IS NULL OR y.finishes >= x.begins)
  AND ((x.from_date IS NOT NULL AND y.from_date IS NOT NULL AND x.from_date <= y.to_date AND y.from_date <= x.to_date)
    OR NOT (coalesce(x.status, '') = 'status/ended' AND coalesce(y.status, '') = 'status/proposed'
      OR coalesce(x.status, '') = 'status/proposed' AND coalesce(y.status, '') = 'status/ended'))
WITH DISTINCT x, y
MATCH (x)-[:Does]->(r:Concept)
WITH x, y, collect(r.code) AS deeds
MATCH (y)-[:Does]->(r:Concept)
WITH x, y, deeds, collect(r.code) AS others
WHERE list_has_any(deeds, others)
WITH x, y
MATCH (x)-[:Against]->(c:Concept)
WITH x, y, c
MATCH (y)-[:Against]->(d:Concept)
WHERE (EXISTS { MATCH (c)-[:Broader*0..8]->(d) } OR EXISTS { MATCH (d)-[:Broader*1..8]->(c) })
  AND EXISTS { MATCH (c)-[:Broader*0..8]->(:Concept {id: $domain}) }  // if domain
  AND EXISTS { MATCH (d)-[:Broader*0..8]->(:Concept {id: $domain}) }  // if domain
WITH DISTINCT x, y
MATCH (a:Actor)-[s:TakesPart]->(x) WHERE s.role IN ['role/implementing', 'role/accountable']
WITH x, y, collect(DISTINCT a.code) AS leads
MATCH (b:Actor)-[t:TakesPart]->(y) WHERE t.role IN ['role/implementing', 'role/accountable']
WITH x, y, leads, collect(DISTINCT b.code) AS others
WHERE NOT list_has_any(leads, others)
WITH CASE WHEN x.code < y.code THEN x.code ELSE y.code END AS programme,
  CASE WHEN x.code < y.code THEN y.code ELSE x.code END AS other
RETURN DISTINCT programme, other
