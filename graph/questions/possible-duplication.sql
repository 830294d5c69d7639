/*
title: Possible duplication
asks: Which programmes may be doing the same for the same people in the same place without knowing of each other?
read: >-
  One row a pair of overlapping programmes. `Possibly duplicating`: the same response for the same target at the
  finest place that either records, and nothing recorded links them. `Coordinated`: the same, but a link is recorded;
  the links are listed. `Undetermined`: for whom or exactly where is not recorded on both sides, so nobody can tell;
  ask them. Links are: a lead of one takes part in the other in another role, both are paid for by the same actor,
  both are parts of one programme, a tie between the leads, or leads that are units of one organisation. Pairs for
  different targets are not listed; the question on overlaps has them.
caveat: >-
  For review, never a finding of waste. A missing link means that no source here records one, not that the two do not
  talk. A recorded link says that they could coordinate, not that they do. Where the finest place is a whole country
  or region, they may still work far from each other.
example: {place: TJ}
parts: [place_of, domain_of, response_of, target_of, work, weights, pair_code, pair_effort, pair_idle,
  pair_many, pair_meets, pair_meets_listed, pair_near, pair_compared, pair_named, pair_member, pair_nested,
  pair_same, pair_same_coded, pair_even, pair_masked, pair_every, pair_met, pair_record, pair_engaged, pair_lead,
  pair_apart, pair_alike, pair_found, pair_actors, pair_house, pair_tie, pair_stand, pair_link, pair_side,
  pair_leading, pair_counted, pair_placed, pair_touching, overlap, links, judged]
once: [pair_code, pair_tie]
parameters:
  verdict:
    title: Verdict
    type: verdict
    many: true
    about: possibly-duplicating, coordinated or undetermined; all of them when not given
filters: {place: places, verdict: verdict}
columns:
  programme: {title: Programme, type: programme}
  other: {title: Other programme, type: programme}
  verdict: {title: Verdict, type: verdict, about: for review}
  because: {title: Because, type: text, many: true}
  links: {title: Links, type: text, many: true, about: what is recorded to bring the two together}
  judgement: {title: Judged, type: decision, about: what people decided who looked at the two; /review has their reasons}
  score: {title: Score, type: number, about: how strongly they overlap; the question on overlaps says how it is made}
  known: {title: Known, type: share, about: "share of the weights of response, target and domain that is known"}
  g: {title: Place, type: number,
    about: "how far the one works where the other does; each step between two places weighs it down"}
  tau: {title: Period, type: number, about: days in common as a share of the shorter period}
  response_jaccard: {title: Responses alike, type: number, about: codes in common as a share of all codes of the two}
  target_jaccard: {title: Targets alike, type: number}
  domain_jaccard: {title: Domains alike, type: number}
  unknown: {title: Unknown, type: text, many: true, about: terms left out of the score}
  leads: {title: Led by, type: actor, many: true}
  other_leads: {title: Other led by, type: actor, many: true}
  status: {title: Status, type: status}
  other_status: {title: Other status, type: status}
  places: {title: Shared places, type: place, many: true, about: the finer of each two places}
  finest: {title: Same place, type: place, many: true, about: places that both record and neither more finely}
  domains: {title: Shared domains, type: domain, many: true}
  responses: {title: Shared responses, type: response, many: true}
  targets: {title: Shared targets, type: target, many: true}
  from_date: {title: Both from, type: date}
  to_date: {title: Both to, type: date}
order: [verdict = 'verdict/possibly-duplicating' desc, verdict = 'verdict/undetermined' desc,
  score desc, known desc, a_no, b_no]
*/
select
    row_, reach, judged.a_no, judged.b_no,
    a as programme, b as other, verdict, because, links, 'decision/' || judged_effort.decision as judgement,
    score, known, g, tau, response_jaccard, target_jaccard, domain_jaccard, unknown,
    leads_a as leads, leads_b as other_leads, status_a as status, status_b as other_status,
    places, same_places as finest, domains, responses, targets, from_date, to_date,
    case when judged_effort.judgement is null then claims else list_append(claims, judged_effort.judgement) end as claims
from judged
left join judged_effort on judged_effort.a_no = judged.a_no and judged_effort.b_no = judged.b_no
