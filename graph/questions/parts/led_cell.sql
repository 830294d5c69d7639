-- The running efforts with a lead at each place and domain, without those that count there with a larger one. Places
-- are numbered as in place_number, domains as in domain_number.
with shown_at as (
    select distinct place_of.place_set, place_number.place_no
    from place_of
    join grain on grain.place = place_of.place
    join place_number on place_number.place = grain.shown
),
named as (
    select domain_of.domain_set, domain_number.domain_no
    from domain_of
    join domain_number using (domain)
),
done as (
    select seen.place_set, seen.domain_set, led_effort.*
    from (select distinct effort_no, place_set, domain_set from work) as seen
    join led_effort using (effort_no)
),
nested as (
    select distinct shown_at.place_no, named.domain_no, done.effort_no
    from done
    join shown_at using (place_set)
    join named using (domain_set)
    where done.effort_no in (select effort_no from larger union all select whole_no from larger)
),
taken_in as (
    select distinct part.place_no, part.domain_no, part.effort_no
    from nested as part
    join larger on larger.effort_no = part.effort_no
    join nested as whole
        on whole.effort_no = larger.whole_no
        and whole.place_no = part.place_no
        and whole.domain_no = part.domain_no
)
select shown_at.place_no, named.domain_no, done.effort_no, done.budget, done.currency, done.part
from done
join shown_at using (place_set)
join named using (domain_set)
left join taken_in
    on taken_in.effort_no = done.effort_no
    and taken_in.place_no = shown_at.place_no
    and taken_in.domain_no = named.domain_no
where taken_in.effort_no is null
