-- What each set, actor or code of a matrix puts in a column, with a number in order of the names.
select place_set as across_set, '' as across_code, place_no as across_no, place as across from matrix_place where $columns = 'place'
union all
select domain_set, '', dense_rank() over (order by domain), domain from domain_of where $columns = 'domain'
union all
select response_set, '', dense_rank() over (order by response), response from response_of where $columns = 'response'
union all
select target_set, '', dense_rank() over (order by target), target from target_of where $columns = 'target'
union all
select actor_no, '', identity_no, actor from participant where $columns = 'actor'
union all
select 0, '', null, null where $columns = 'actor'
union all
select 0, code, row_number() over (order by nullif(code, '')), nullif(code, '')
from (select distinct across_code as code from matrix_seen)
where $columns in ('role', 'status')
