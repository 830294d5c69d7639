/*
title: Overlaps
asks: Which programmes of different actors do similar things in the same place, at the same time?
read: >-
  One row a pair of programmes with no lead actor in common that share a place (the same, or one inside the other), a
  domain (the same, or one broader) and a response, and that may have run at the same time. The score goes from 0 to 1
  and is place × period × a weighted mean of how alike responses (0.4), targets (0.4) and domain (0.2) are; each term
  is a column. A term that is unknown is left out and named under `Unknown`, and the score is then what it would be if
  that term agreed no less than the others: a high score with little known is a reason to ask, not to conclude. The
  verdict says whether they might be doing the same for the same people; a proposed programme is set beside what runs.
caveat: >-
  For review, never proof of waste: two programmes may well be needed in one place. Places, responses and targets are
  those of the programme as a whole, so that two programmes may share each of them without ever doing the same thing
  for the same people. Refused and cancelled programmes and meetings are not compared.
example: {place: TJ, domain: drugs}
parts: [place_of, domain_of, response_of, target_of, work, weights, pair_code, pair_effort, pair_idle,
  pair_many, pair_meets, pair_meets_listed, pair_near, pair_compared, pair_named, pair_member, pair_nested,
  pair_same, pair_same_coded, pair_even, pair_masked, pair_every, pair_met, pair_record, pair_engaged, pair_lead,
  pair_apart, pair_alike, pair_found, pair_actors, pair_house, pair_tie, pair_stand, pair_link, pair_side,
  pair_leading, pair_counted, pair_placed, pair_touching, overlap, links, judged]
once: [pair_code, pair_tie]
filters: {place: places}
columns:
  programme: {title: Programme, type: programme}
  other: {title: Other programme, type: programme}
  score: {title: Score, type: number}
  verdict: {title: Verdict, type: verdict, about: for review}
  because: {title: Because, type: text, many: true}
  leads: {title: Led by, type: actor, many: true}
  other_leads: {title: Other led by, type: actor, many: true}
  status: {title: Status, type: status}
  other_status: {title: Other status, type: status}
  places: {title: Shared places, type: place, many: true, about: the finer of each two places}
  domains: {title: Shared domains, type: domain, many: true}
  responses: {title: Shared responses, type: response, many: true}
  targets: {title: Shared targets, type: target, many: true}
  from_date: {title: Both from, type: date}
  to_date: {title: Both to, type: date}
  attested: {title: Attested, type: boolean, about: a bound of one is only a day on which a source saw it active}
  g: {title: Place, type: number,
    about: "how far the one works where the other does; each step between two places weighs it down"}
  tau: {title: Period, type: number, about: days in common as a share of the shorter period}
  response_jaccard: {title: Responses alike, type: number, about: codes in common as a share of all codes of the two}
  target_jaccard: {title: Targets alike, type: number}
  domain_jaccard: {title: Domains alike, type: number}
  known: {title: Known, type: share, about: "share of the weights of response, target and domain that is known"}
  unknown: {title: Unknown, type: text, many: true, about: terms left out of the score}
  links: {title: Links, type: text, many: true, about: what is recorded to bring the two together}
order: [score desc, known desc, a_no, b_no]
*/
select
    row_, reach, a_no, b_no,
    a as programme, b as other, score, verdict, because,
    leads_a as leads, leads_b as other_leads, status_a as status, status_b as other_status,
    places, domains, responses, targets, from_date, to_date, attested,
    g, tau, response_jaccard, target_jaccard, domain_jaccard, known, unknown,
    links, claims
from judged
