-- The broadest domains of each set, as bits.
select domain_set.domain_set, bit_or(domain_bit.bit) as mask
from domain_set
join top_domain using (domain)
join domain_bit using (top)
group by domain_set.domain_set
