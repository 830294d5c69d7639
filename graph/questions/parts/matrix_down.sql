-- What each set, actor or code of a matrix puts in a row, with a number in order of the names.
select place_set as down_set, '' as down_code, place_no as down_no, place as down from matrix_place where $rows = 'place'
union all
select domain_set, '', dense_rank() over (order by domain), domain from domain_of where $rows = 'domain'
union all
select response_set, '', dense_rank() over (order by response), response from response_of where $rows = 'response'
union all
select target_set, '', dense_rank() over (order by target), target from target_of where $rows = 'target'
union all
select actor_no, '', identity_no, actor from participant where $rows = 'actor'
union all
select 0, '', null, null where $rows = 'actor'
union all
select 0, code, row_number() over (order by nullif(code, '')), nullif(code, '')
from (select distinct down_code as code from matrix_seen)
where $rows in ('role', 'status')
