-- Things met on walks of up to $depth links from $thing, once a distance at which they are met.
select $thing::varchar as node, 0 as distance
union
select neighbour.other, walked.distance + 1
from walked
join neighbour on neighbour.node = walked.node
where walked.distance < $depth::integer
