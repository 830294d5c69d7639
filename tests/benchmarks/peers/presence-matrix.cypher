MATCH (asked:Place {id: $place})  // if place
MATCH (l:Place) WHERE EXISTS { MATCH (l)-[:Within*0..16]->(asked) } OR EXISTS { MATCH (asked)-[:Within*1..16]->(l) }  // if place
MATCH (p:Programme)-[:InPlace]->(l)  // if place
MATCH (p:Programme)  // if not place
WHERE p.status IS NULL OR (p.status <> 'status/refused' AND p.status <> 'status/cancelled')
OPTIONAL MATCH (p)-[:InPlace]->(l:Place)  // if not place
OPTIONAL MATCH (p)-[:Against]->(d:Concept)
OPTIONAL MATCH (a:Actor)-[x:TakesPart]->(p)
RETURN l.code AS down, d.code AS across,
  count(DISTINCT CASE WHEN p.status = 'status/proposed' THEN NULL ELSE p.code END) AS programmes,
  count(DISTINCT CASE WHEN p.status = 'status/proposed' THEN p.code ELSE NULL END) AS proposed,
  count(DISTINCT a.code) AS actors
