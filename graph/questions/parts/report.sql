-- Each observation as one report of a figure, and the key of the figure that it reports on: measure, unit, place,
-- domain, target and period, and the programme or actor that it is about. Flows, legs and places in `about` do not
-- part figures; they are told by place and domain already. A share of answers is a figure of its own: only its
-- description tells what was asked.
--   least, most  the bounds of the report; null where it leaves that side open. For comparing, not for showing
--   small        it holds a count of victims below ten, which is never shown: it could lead to a person
--   shown        the figure as text, with small counts as <10
with victim as (
    select concept as target from concept_within where ancestor = 'target/victims'
),

stated as (
    select
        observation.id, measure, unit, place, domain, target, starts, ends,
        (select list_sort(list(distinct thing)) from unnest(about) as topic(thing)
            where starts_with(thing, 'programme/') or starts_with(thing, 'actor/')) as about,
        value, low, high,
        coalesce(low, value) as least,
        coalesce(high, value) as most,
        unit in ('unit/person', 'unit/number')
            and (measure = 'measure/victims' or coalesce(target in (select target from victim), false)) as of_victims,
        case when measure = 'measure/survey-share' then description end as answer,
        description
    from observation
    where $dataset is null or list_contains($dataset::varchar[], observation.dataset)
),

hidden as (
    select *, of_victims and least(value, low, high) < 10 as small
    from stated
),

written as (
    select
        *,
        case when of_victims and value < 10 then '<10'
            else regexp_replace(cast(value as varchar), '\.0$', '') end as value_text,
        case when of_victims and low < 10 then '<10'
            else regexp_replace(cast(low as varchar), '\.0$', '') end as low_text,
        case when of_victims and high < 10 then '<10'
            else regexp_replace(cast(high as varchar), '\.0$', '') end as high_text
    from hidden
)

select
    id, measure, unit, place, domain, target, starts, ends, coalesce(about, []) as about, answer,
    least, most, of_victims,
    coalesce(small, false) as small,
    case when small then null else description end as description,
    case
        when low is null and high is null then value_text
        when low_text = high_text then low_text
        when value is null and high is null and low_text = '<10' then '<10 or more'
        when value is null and high is null then '≥ ' || low_text
        when value is null and low is null and high_text = '<10' then '<10'
        when value is null and low is null then '≤ ' || high_text
        when value is null then low_text || '–' || high_text
        else value_text || ' (' || coalesce(low_text, '') || '–' || coalesce(high_text, '') || ')'
    end as shown
from written
