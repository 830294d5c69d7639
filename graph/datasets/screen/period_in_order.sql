-- Subjects whose period ends before it starts, or has a bound that is no plain date: shape:PeriodInOrder.
select starts.s
from claim as starts
join claim as ends using (s)
where starts.p = 'https://w3id.org/concert/ns#starts'
    and ends.p = 'https://w3id.org/concert/ns#ends'
    and not (
        starts.sound and starts.type is not null
        and ends.sound and ends.type is not null
        and starts.number is null and ends.number is null
        and left(starts.o, length(ends.o)) <= left(ends.o, length(starts.o))
    )
