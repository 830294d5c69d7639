MATCH (asked:Place {id: $place})  // if place
MATCH (l:Place) WHERE EXISTS { MATCH (l)-[:Within*0..16]->(asked) } OR EXISTS { MATCH (asked)-[:Within*1..16]->(l) }  // if place
MATCH (p:Programme)-[:InPlace]->(l)  // if place
MATCH (p:Programme)  // if not place
WHERE p.status IS NULL OR NOT p.status IN ['status/refused', 'status/cancelled', 'status/proposed', 'status/ended']
OPTIONAL MATCH (p)-[:InPlace]->(l:Place)  // if not place
OPTIONAL MATCH (p)-[:Against]->(d:Concept)
OPTIONAL MATCH (p)-[:Does]->(r:Concept)
OPTIONAL MATCH (a:Actor)-[x:TakesPart]->(p)
WITH l.code AS place, d.code AS domain, r.code AS response, coalesce(x.begins, p.begins) AS began,
  coalesce(x.to_date, p.to_date) AS until
WHERE began IS NULL OR began <= date($as_of)
WITH place, domain, response, max(until) AS last_end
WHERE last_end >= date($as_of) AND last_end <= date($as_of) + interval('1 year')
RETURN place, domain, response, last_end
