-- Where each of the places lies: its point, and the identifiers by which an outline of the base map may be its own.
-- A place that shares an ISO 3166-1 code with another one has that one's M49 number too.
with asked as (
    select distinct unnest($ids::varchar[]) as id
),

named as (
    select id, scheme, value from identifier where id in (select id from asked)
),

coded as (
    select id, scheme || ':' || value as code from named where scheme in ('m49', 'wikidata')
    union
    select named.id, 'm49:' || numbered.value
    from named
    join identifier as same
        on same.scheme = named.scheme and lower(same.value) = lower(named.value) and same.id <> named.id
    join identifier as numbered on numbered.id = same.id and numbered.scheme = 'm49'
    where named.scheme in ('iso3166-1-alpha2', 'iso3166-1-alpha3')
),

point as (
    select
        id,
        min(class) as class,
        min_by(longitude, (longitude, latitude)) filter (latitude is not null) as longitude,
        min_by(latitude, (longitude, latitude)) filter (longitude is not null) as latitude
    from place
    where id in (select id from asked)
    group by id
)

select
    asked.id,
    coalesce(label.label, asked.id) as label,
    point.class,
    point.longitude,
    point.latitude,
    (select list_sort(list(distinct code)) from coded where coded.id = asked.id) as codes
from asked
left join point on point.id = asked.id
left join label on label.id = asked.id
order by asked.id
