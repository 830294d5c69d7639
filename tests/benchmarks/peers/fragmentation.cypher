// Who leads where, and how many they are; shares by budget and parts of larger programmes are left out.
MATCH (asked:Place {id: $place})  // if place
MATCH (l:Place) WHERE EXISTS { MATCH (l)-[:Within*0..16]->(asked) } OR EXISTS { MATCH (asked)-[:Within*1..16]->(l) }  // if place
MATCH (a:Actor)-[x:TakesPart]->(p:Programme)-[:InPlace]->(l:Place), (p)-[:Against]->(d:Concept)
WHERE x.role IN ['role/implementing', 'role/accountable'] AND p.class <> 'Meeting'
  AND (p.status IS NULL OR NOT p.status IN ['status/refused', 'status/cancelled', 'status/proposed'])
WITH l.code AS place, d.code AS domain, count(DISTINCT a.code) AS actors
WHERE actors > 1
RETURN place, domain, actors
