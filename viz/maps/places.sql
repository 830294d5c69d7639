-- Where every place lies: its point, and the identifiers by which an outline of the base map may be its own.
-- A place that shares an ISO 3166-1 code with another one has that one's M49 number too.
with point as (
    select
        id,
        min(class) as class,
        min_by(longitude, (longitude, latitude)) filter (latitude is not null) as longitude,
        min_by(latitude, (longitude, latitude)) filter (longitude is not null) as latitude
    from place
    group by id
),

named as (
    select id, scheme, value
    from identifier
    where
        scheme in ('m49', 'wikidata', 'iso3166-1-alpha2', 'iso3166-1-alpha3')
        and id in (select id from point)
),

coded as (
    select id, scheme || ':' || value as code from named where scheme in ('m49', 'wikidata')
    union
    select named.id, 'm49:' || numbered.value
    from named
    join named as same
        on same.scheme = named.scheme and lower(same.value) = lower(named.value) and same.id <> named.id
    join named as numbered on numbered.id = same.id and numbered.scheme = 'm49'
    where named.scheme in ('iso3166-1-alpha2', 'iso3166-1-alpha3')
),

codes as (
    select id, list_sort(list(code)) as codes from coded group by id
)

select
    point.id,
    coalesce(label.label, point.id) as label,
    point.class,
    point.longitude,
    point.latitude,
    codes.codes
from point
left join codes on codes.id = point.id
left join label on label.id = point.id
