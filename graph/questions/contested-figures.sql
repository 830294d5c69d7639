/*
title: Contested figures
asks: On which figures do the sources disagree, and who says what?
read: >-
  One row a report of a contested figure: what it gives, whom it names as its origin, and the low and high of the
  figure as all reports have it. Compare the rows with the same measure, place, domain and period.
caveat: >-
  Sources may disagree because they count different things under one name: seizures of one agency or of all, pure
  or as found, a calendar year or a reporting year. No report is preferred here. Counts of victims below ten are
  shown as <10.
example: {place: TM}
parts: [report, figure]
once: [report, figure]
filters: {place: place, domain: domain, target: target, period: [from_date, to_date]}
columns:
  measure: {title: Measure, type: measure}
  unit: {title: Unit, type: unit}
  place: {title: Place, type: place}
  domain: {title: Domain, type: domain}
  target: {title: Target, type: target}
  from_date: {title: From, type: date}
  to_date: {title: To, type: date}
  low: {title: Low of all, type: number}
  high: {title: High of all, type: number}
  report: {title: Report, type: observation, about: "empty where its words would tell a small count"}
  shown: {title: As reported, type: text}
  attributed_to: {title: Attributed to, type: thing, many: true}
  source: {title: Document, type: source}
  description: {title: What is counted, type: text}
order: [place, domain, measure, unit, from_date, to_date, target, report, source, shown]
*/
select
    figure.measure, figure.unit, figure.place, figure.domain, figure.target,
    figure.starts as from_date, figure.ends as to_date, figure.low, figure.high,
    case when report.small then null else report.id end as report,
    report.shown, claim.attributed_to, claim.source, report.description,
    [report.id] as claims
from figure
cross join unnest(figure.ids) as each_report(id)
join report on report.id = each_report.id
left join claim on claim.id = report.id
where figure.contested
