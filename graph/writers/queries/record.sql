-- The programmes $low to $high of the part: a row a programme and dataset that describes it, with everything that a
-- format may want to say of it. A participation stands beside the record of its own dataset, or, where that has none,
-- beside all of them.
with record as (
    select programme.*, thing.label, thing.description
    from programme
    join part on part.id = programme.id and part.n between $low and $high
    left join thing on thing.id = programme.id and thing.dataset = programme.dataset
    where $dataset::varchar[] is null or list_contains($dataset::varchar[], programme.dataset)
),

called as (
    select
        record.id, record.dataset,
        list({'name': name.name, 'lang': name.lang, 'use': name.use} order by name.use desc, name.lang, name.name) as names
    from record
    join name on name.id = record.id and name.dataset = record.dataset
    group by record.id, record.dataset
),

known as (
    select id, scheme, min(value) as value
    from identifier
    where scheme in (
        'iati-activity', 'iati-organisation', 'crs-channel', 'wikidata',
        'iso3166-1-alpha2', 'iso3166-1-alpha3', 'm49', 'geonames')
    group by id, scheme
),

taking as (
    select participation.*, record.dataset as record_dataset
    from participation
    join record on record.id = participation.programme
    where
        ($dataset::varchar[] is null or list_contains($dataset::varchar[], participation.dataset))
        and (
            participation.dataset = record.dataset
            or (participation.programme, participation.dataset) not in (select id, dataset from record)
        )
),

attributed as (
    select record.id, record.dataset, min(said.actor) as actor
    from record
    join claim on claim.id = record.id and claim.dataset = record.dataset
    cross join unnest(claim.attributed_to) as said(actor)
    where starts_with(said.actor, 'actor/')
    group by record.id, record.dataset
    having count(distinct said.actor) = 1
),

body as (
    select
        thing.id,
        min_by(thing.label, thing.dataset) as label,
        min_by(thing.class, thing.dataset) as class,
        bool_or(shared_label.label is not null) as shared
    from thing
    left join shared_label on shared_label.label = thing.label
    where thing.id in (select actor from taking union all select actor from attributed)
    group by thing.id
),

organisation as (
    select body.*, iati.value as iati, crs.value as crs
    from body
    left join known as iati on iati.id = body.id and iati.scheme = 'iati-organisation'
    left join known as crs on crs.id = body.id and crs.scheme = 'crs-channel'
),

parties as (
    select
        programme as id, record_dataset as dataset,
        list({
            'id': taking.id, 'actor': taking.actor, 'role': taking.role,
            'label': coalesce(organisation.label, taking.actor), 'class': organisation.class,
            'shared': coalesce(organisation.shared, false), 'iati': organisation.iati, 'crs': organisation.crs,
            'starts': taking.starts, 'ends': taking.ends,
            'from_date': taking.from_date, 'to_date': taking.to_date, 'attested': taking.attested
        } order by taking.role, taking.actor, taking.id) as parties
    from taking
    left join organisation on organisation.id = taking.actor
    group by programme, record_dataset
),

record_place as (
    select id, dataset, unnest(places) as place from record
),

named_place as (
    select
        thing.id,
        min_by(thing.label, thing.dataset) as label,
        min_by(thing.class, thing.dataset) as class,
        any_value(latitude) as latitude, any_value(longitude) as longitude
    from thing
    left join place on place.id = thing.id
    where thing.kind = 'place' and thing.id in (
        select ancestor from place_within where place in (select place from record_place))
    group by thing.id
),

coded_place as (
    select named_place.*, iso2.value as iso2, iso3.value as iso3, m49.value as m49, geonames.value as geonames
    from named_place
    left join known as iso2 on iso2.id = named_place.id and iso2.scheme = 'iso3166-1-alpha2'
    left join known as iso3 on iso3.id = named_place.id and iso3.scheme = 'iso3166-1-alpha3'
    left join known as m49 on m49.id = named_place.id and m49.scheme = 'm49'
    left join known as geonames on geonames.id = named_place.id and geonames.scheme = 'geonames'
),

country as (
    select
        place_within.place,
        list({'id': country.id, 'label': country.label, 'iso2': country.iso2, 'iso3': country.iso3}
            order by country.id) as countries
    from place_within
    join coded_place as country on country.id = place_within.ancestor and country.class = 'con:Country'
    where place_within.place in (select place from record_place)
    group by place_within.place
),

spots as (
    select
        record_place.id, record_place.dataset,
        list({
            'id': record_place.place, 'label': coalesce(spot.label, record_place.place), 'class': spot.class,
            'iso2': spot.iso2, 'iso3': spot.iso3, 'm49': spot.m49, 'geonames': spot.geonames,
            'latitude': spot.latitude, 'longitude': spot.longitude, 'countries': coalesce(country.countries, [])
        } order by record_place.place) as places
    from record_place
    left join coded_place as spot on spot.id = record_place.place
    left join country on country.place = record_place.place
    group by record_place.id, record_place.dataset
),

claimed as (
    select id, dataset, id as claim, dataset as claim_dataset from record
    union all
    select programme, record_dataset, id, dataset from taking
),

document as (
    select id, min(title) as title, min(publisher) as publisher, min(issued) as issued, min(url) as url
    from source
    group by id
),

evidence as (
    select
        claimed.id, claimed.dataset,
        list({
            'claim': claim.id, 'dataset': claim.dataset, 'source': claim.source, 'document': document.title,
            'publisher': document.publisher, 'issued': document.issued, 'url': document.url,
            'locators': claim.locators, 'attributed_to': claim.attributed_to,
            'confidence': replace(coalesce(claim.confidence, 'confidence/stated'), 'confidence/', ''),
            'stated_on': coalesce(cast(claim.stated_on as varchar), document.issued)
        } order by claim.id, claim.dataset) as sources
    from claimed
    join claim on claim.id = claimed.claim and claim.dataset = claimed.claim_dataset
    left join document on document.id = claim.source
    group by claimed.id, claimed.dataset
),

parent as (
    select id, min(dataset) as dataset from programme where id in (select parent from record) group by id
)

select
    record.id, record.dataset, record.class,
    coalesce(record.label, record.id) as label, record.description, coalesce(called.names, []) as names,
    own.value as identifier,
    record.status, record.starts, record.ends, record.from_date, record.to_date, record.attested,
    coalesce(spots.places, []) as places, record.domains, record.responses, record.targets,
    record.parent, parent.dataset as parent_dataset, whole.value as parent_identifier,
    record.budget, record.currency,
    coalesce(parties.parties, []) as parties,
    reporter.id as reporter, reporter.label as reporter_label, reporter.iati as reporter_iati,
    reporter.class as reporter_class,
    coalesce(evidence.sources, []) as sources
from record
left join called on called.id = record.id and called.dataset = record.dataset
left join known as own on own.id = record.id and own.scheme = 'iati-activity'
left join known as whole on whole.id = record.parent and whole.scheme = 'iati-activity'
left join parent on parent.id = record.parent
left join spots on spots.id = record.id and spots.dataset = record.dataset
left join parties on parties.id = record.id and parties.dataset = record.dataset
left join attributed on attributed.id = record.id and attributed.dataset = record.dataset
left join organisation as reporter on reporter.id = attributed.actor
left join evidence on evidence.id = record.id and evidence.dataset = record.dataset
order by record.id, record.dataset
