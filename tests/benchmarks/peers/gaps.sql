-- How each expected response stands where a flow passes, and how much it is needed.
with carried as materialized (
    select distinct leg.code as leg, leg.flow, leg.place, leg.role, e.domain
    from leg
    join flow_domain as d on d.flow = leg.flow
    join concept_within as w on w.concept = d.domain
    join (select distinct domain from expectation) as e on e.domain = w.ancestor
),
spot as materialized (
    select distinct place, domain from carried
    where true
        and place in (select place from spots($place))  -- if place
),
expected as (
    select distinct carried.place, carried.domain, carried.role as place_role, e.response, e.weight
    from carried
    join expectation as e on e.domain = carried.domain and e.place_role = carried.role
    semi join spot on spot.place = carried.place
),
-- A region also holds another one when every country of that one lies within it.
held as (
    select w.ancestor as region, up.ancestor, count(*) as members
    from place_within as w
    join place as country on country.code = w.place and country.class = 'Country'
    join place_within as up on up.place = w.place and up.depth > 0
    where w.depth > 0 and w.ancestor in (select place from spot)
    group by all
),
speaks as materialized (
    select ancestor as place, place as recorded from place_within where ancestor in (select place from spot)
    union
    select place, ancestor from place_within where place in (select place from spot)
    union
    select held.region, held.ancestor
    from held
    where held.ancestor <> held.region
        and (held.region, held.members) in (
            select w.ancestor, count(*)
            from place_within as w join place as c on c.code = w.place and c.class = 'Country'
            where w.depth > 0 group by w.ancestor)
),
kin as (
    select concept as recorded, ancestor as domain from concept_within
    union
    select ancestor, concept from concept_within
),
done as materialized (
    select spot.place, spot.domain, w.ancestor as response, p.code as programme,
        case
            when p.status = 'status/refused' then 'refused'
            when p.status = 'status/proposed' then 'planned'
            when p.status in ('status/suspended', 'status/ended') then 'ended'
            else 'active'
        end as state
    from spot
    join speaks on speaks.place = spot.place
    join programme_place as pl on pl.place = speaks.recorded
    join programme_domain as dm on dm.programme = pl.programme
    join kin on kin.recorded = dm.domain and kin.domain = spot.domain
    join programme_response as rs on rs.programme = pl.programme
    join concept_within as w on w.concept = rs.response
    join programme as p on p.code = pl.programme
    where p.status is null or p.status <> 'status/cancelled'
    group by all
),
working as materialized (
    select done.place, done.domain, done.response, x.actor, x.role,
        x.role not in (role_of('funding'), role_of('host')) as works
    from done join participation as x on x.programme = done.programme
    where done.state = 'active'
    group by all
),
met as (
    select place, domain, response, count(distinct actor) filter (works) as actors,
        count(*) filter (role = role_of('funding')) > 0
            or bool_or(works and actor in (select other from tie where kind = concept_of('tie-kind/funds'))) as funded
    from working
    group by place, domain, response
),
stood as (
    select place, domain, response, bool_or(state = 'active') as active, bool_or(state = 'planned') as planned,
        bool_or(state = 'ended') as ended
    from done
    group by place, domain, response
),
covered as (
    select distinct spot.place, spot.domain
    from spot
    join speaks on speaks.place = spot.place
    join coverage on coverage.place = speaks.recorded
    join kin on kin.recorded = coverage.domain and kin.domain = spot.domain
),
figure as (
    select spot.place, spot.domain, o.code
    from spot
    join speaks on speaks.place = spot.place
    join place_within as w on w.place = speaks.recorded and w.ancestor = spot.place
    join observation as o on o.place = speaks.recorded
    join concept_within as topic on topic.concept = o.domain and topic.ancestor = spot.domain
    where o.measure not in (
        select code from concept where id in ('measure/funding', 'measure/staff', 'measure/liaison-officers',
            'measure/participants', 'measure/weapons-collected', 'measure/weapons-destroyed'))
    union
    select carried.place, carried.domain, o.code
    from (select *, unnest(about) as topic from observation) as o
    join carried on o.topic in (carried.flow, carried.leg)
    where o.place is null
),
pushed as (
    select carried.place, carried.domain, i.driver
    from influence as i
    join influence_flow as f on f.influence = i.code
    join carried on carried.flow = f.flow
    where i.code not in (select influence from influence_place)
    union
    select spot.place, spot.domain, i.driver
    from spot
    join speaks on speaks.place = spot.place
    join influence_place as p on p.place = speaks.recorded
    join influence_domain as d on d.influence = p.influence
    join concept_within as topic on topic.concept = d.domain and topic.ancestor = spot.domain
    join influence as i on i.code = p.influence
),
need as (
    select
        spot.place, spot.domain, coalesce(f.n, 0) as flows, coalesce(o.n, 0) as figures, coalesce(d.n, 0) as drivers,
        1 + (f.n / (f.n + 1.0) + coalesce(o.n / (o.n + 1.0), 0) + coalesce(d.n / (d.n + 1.0), 0)) / 3 as pressure
    from spot
    join (select place, domain, count(distinct flow) as n from carried group by all) as f using (place, domain)
    left join (select place, domain, count(distinct code) as n from figure group by all) as o using (place, domain)
    left join (select place, domain, count(distinct driver) as n from pushed group by all) as d using (place, domain)
),
told as (
    select
        expected.*, need.figures, need.pressure,
        case
            when stood.active and met.actors >= 2 and met.funded then 'gap-status/covered'
            when stood.active then 'gap-status/thin'
            when stood.planned then 'gap-status/planned'
            when stood.ended then 'gap-status/ended'
            when covered.place is not null then 'gap-status/none-recorded'
            else 'gap-status/no-source'
        end as status
    from expected
    join need using (place, domain)
    left join stood using (place, domain, response)
    left join met using (place, domain, response)
    left join covered using (place, domain)
)
select
    place, domain, place_role, response, status,
    round(weight * pressure * (1 - credit), 3) as score, weight, round(pressure, 3) as pressure,
    round(weight * pressure, 3) as need, credit, figures, count(*) over () as total
from (
    select *, case status
        when 'gap-status/covered' then 1.0 when 'gap-status/thin' then 0.5 when 'gap-status/planned' then 0.25
        when 'gap-status/ended' then 0.1 else 0.0 end::double as credit
    from told
)
order by score desc, status, place, domain, place_role, response
limit $limit
