// A row a leg, and one for a flow without a leg; places are not put in their order.
MATCH (f:Flow)-[:Carries]->(:Concept)-[:Broader*0..8]->(:Concept {id: $domain})  // if domain
WITH DISTINCT f  // if domain
MATCH (f:Flow)  // if not domain
OPTIONAL MATCH (g:Leg)-[:LegOf]->(f)
OPTIONAL MATCH (g)-[:LegAt]->(l:Place)
OPTIONAL MATCH (g)-[:LegTo]->(n:Place)
RETURN f.code AS flow, l.code AS place, g.role AS role, n.code AS next
