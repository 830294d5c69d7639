-- The cells of a matrix, each with every combination of sets, actor, role and status that puts work into it.
with seen as (
    select distinct place_set, domain_set, response_set, target_set, actor_no, role, status
    from matrix_work
),
shown as (
    select distinct place_of.place_set, grain.shown as place
    from place_of
    left join grain on grain.place = place_of.place
)
select distinct
    seen.*,
    case $rows
        when 'place' then place when 'domain' then domain when 'response' then response
        when 'target' then target when 'actor' then actor when 'role' then role else status
    end as down,
    case $columns
        when 'place' then place when 'domain' then domain when 'response' then response
        when 'target' then target when 'actor' then actor when 'role' then role else status
    end as across
from seen
left join shown on shown.place_set = seen.place_set
left join domain_of on domain_of.domain_set = seen.domain_set
left join response_of on response_of.response_set = seen.response_set
left join target_of on target_of.target_set = seen.target_set
left join participant on participant.actor_no = seen.actor_no
