-- A number for each domain that a programme states.
select domain, row_number() over (order by domain) as domain_no
from (select distinct domain from domain_set where domain is not null)
