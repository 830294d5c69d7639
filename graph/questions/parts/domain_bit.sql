-- Each of the broadest domains with a bit of its own, so that the domains of a row are one number.
select top, 1::bigint << (row_number() over (order by top) - 1) as bit
from (select distinct top from top_domain)
