-- Things by any of their names, in any language: label, acronym, alias or identifier. Equal names come first,
-- then those that begin so, then words that begin so, then those that hold it, then those that read alike.
with wanted as (
    select lower(strip_accents($text)) as text
), spelled as (
    select id, name, lang, use, lower(strip_accents(name)) as text from name
    union all
    select id, value, '', 'identifier', lower(value) from identifier
    union all
    select id, label, 'en', 'label', lower(label) from concept
    union all
    select id, label, 'en', 'label', lower(strip_accents(label)) from thing where kind = 'dataset'
), scored as (
    select
        spelled.*,
        case
            when spelled.text = wanted.text then 1.0
            when starts_with(spelled.text, wanted.text) then 0.9
            when contains(' ' || spelled.text, ' ' || wanted.text) then 0.8
            when contains(spelled.text, wanted.text) then 0.7
            when length(wanted.text) > 3 then 0.7 * jaro_winkler_similarity(spelled.text, wanted.text)
            else 0
        end as score
    from spelled, wanted
), best as (
    select
        id,
        max(score) as score,
        max_by(name, (score, use = 'label', lang = 'en', name)) as matched,
        max_by(lang, (score, use = 'label', lang = 'en', name)) as lang
    from scored
    group by id
    having max(score) >= 0.62
), named as (
    select
        best.id,
        coalesce(label.label, best.matched) as label,
        split_part(best.id, '/', 1) as kind,
        (select min(class) from thing where thing.id = best.id) as class,
        best.matched,
        best.lang,
        best.score
    from best
    left join label on label.id = best.id
)
select *, count(*) over () as total
from named
where $kind is null or kind = $kind
order by score desc, length(label), kind <> 'place', label, id  -- a State has the name of its place
limit $limit
