/*
title: Figures
asks: Which figures do the sources give, and how far do they agree?
read: >-
  One row a figure: the reports of the same measure in the same unit, for the same place, domain, target and
  period, put together. Low is the least and high the greatest that any report gives; as reported lists each. A
  figure is contested when reports differ, or when one gives a range because its own sources do. ≥ and ≤ stand for
  a bound without the other.
caveat: >-
  Seizures, cases and arrests tell as much about the police as about the traffic. Figures of different units or
  years are never added up here, and should not be. Counts of victims below ten are shown as <10, without their
  description.
example: {place: TM}
parts: [report, figure]
once: [report, figure]
parameters:
  measure:
    title: Measure
    type: measure
    about: what is counted or measured, such as seizures
    many: true
filters: {place: place, domain: domain, target: target, period: [from_date, to_date]}
columns:
  measure: {title: Measure, type: measure}
  unit: {title: Unit, type: unit}
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  target: {title: Target, type: target}
  about: {title: About, type: thing, many: true, about: "programme or actor, where the figure is theirs"}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  low: {title: Low, type: number}
  high: {title: High, type: number}
  shown: {title: As reported, type: text, many: true}
  contested: {title: Contested, type: boolean}
  reports: {title: Reports, type: integer}
  attributed_to: {title: Attributed to, type: thing, many: true, about: "whom the documents name as their origin"}
  descriptions: {title: What is counted, type: text, many: true}
order: [place, domain, measure, unit, from_date, to_date, target, about]
*/
select
    measure, unit, place, domain, target, about, starts as from_date, ends as to_date,
    low, high, shown, contested, reports, attributed_to,
    case when small then [] else coalesce(descriptions, []) end as descriptions,
    ids as claims
from figure
where $measure::varchar[] is null or list_contains($measure::varchar[], measure)
