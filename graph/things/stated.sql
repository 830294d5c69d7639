-- How many claims of each kind rest on one source.
select split_part(id, '/', 1) as kind, count(distinct id) as number
from claim
where source = $thing
group by kind
order by number desc, kind
