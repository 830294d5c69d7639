MATCH (asked:Place {id: $place})  // if place
MATCH (l:Place) WHERE EXISTS { MATCH (l)-[:Within*0..16]->(asked) } OR EXISTS { MATCH (asked)-[:Within*1..16]->(l) }  // if place
MATCH (p:Programme)-[:InPlace]->(l)  // if place
MATCH (p)-[:Against]->(d:Concept)-[:Broader*0..8]->(:Concept {id: $domain})  // if domain
MATCH (a:Actor)-[:PartOf*0..16]->(:Actor {id: $actor})  // if actor
MATCH (a)-[x:TakesPart]->(p:Programme)  // if actor
MATCH (p:Programme)  // if none
OPTIONAL MATCH (p)-[:InPlace]->(l:Place)  // if not place
OPTIONAL MATCH (p)-[:Against]->(d:Concept)  // if not domain
OPTIONAL MATCH (a:Actor)-[x:TakesPart]->(p)  // if not actor
RETURN DISTINCT a.code AS actor, x.role_code AS role, p.code AS programme, l.code AS place, d.code AS domain, x.code AS part
