MATCH (a:Actor)-[:Holds]->(m:Mandate)-[:Covers]->(d:Concept)
MATCH (d)-[:Broader*0..8]->(:Concept {id: $domain})  // if domain
OPTIONAL MATCH (m)-[:HeldIn]->(l:Place)
RETURN DISTINCT m.code AS mandate, a.code AS actor, m.level AS level, d.code AS domain, l.code AS place
