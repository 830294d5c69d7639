-- Things within $depth links of $thing, with how many links lie between.
select node, min(distance) as distance
from walked
group by node
