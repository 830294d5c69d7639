-- Whom the transactions of a programme name on the other side: a row for each that is named, however many transactions
-- do; `id` is the first of them. Most transactions of a large programme name the same few.
create table counterpart as
select id, programme, side, other, actor
from stated_side
qualify row_number() over (partition by programme, side, other, actor order by id) = 1
order by programme, side, other, actor;
