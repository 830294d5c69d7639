"""What the definitions say of a small world, from its files, in plain Python: every pair, every gap, every route.

It shares nothing with the tables and the questions but the words of the definitions and the code lists. It compares
each programme with each other one, so it is for worlds of up to 2,000.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from ontology.namespaces import short
from ontology.vocabulary import concepts, expectations
from tests.benchmarks.world import DATASETS

LEADING = {"role/implementing", "role/accountable"}
PAYING = {"role/funding", "role/extending"}
JOINING = {"coordinates-with", "member-of", "part-of", "funds", "established", "supports", "protects"}
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
Things = dict[str, dict[str, list[str]]]
Key = tuple[str, ...]
Groups = tuple[Key, ...]


def read(folder: Path) -> Things:
    """Every thing of a world: id -> property -> values, ids short and terms by their local names."""
    things: Things = defaultdict(lambda: defaultdict(list))
    for dataset in DATASETS:
        for quad in ox.parse(path=str(folder / dataset / "claims.nt"), format=ox.RdfFormat.N_TRIPLES):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            stated = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            things[short(quad.subject.value)][stated].append(_value(quad.object))
    return things


def _value(term: ox.NamedNode | ox.Literal) -> str:
    return short(term.value).removeprefix("https://w3id.org/concert/ns#")


@cache
def up(code: str) -> frozenset[str]:
    """A code with every broader one."""
    return frozenset({code}.union(*(up(each) for each in _broader()[code])))


@cache
def _broader() -> dict[str, tuple[str, ...]]:
    return {concept.id: concept.broader for concept in concepts()}


@dataclass
class Programme:
    """One programme with what bears on comparing it."""

    id: str
    status: str | None
    compared: bool
    places: set[str]
    domains: set[str]
    responses: set[str]
    targets: set[str]
    starts: date | None
    starts_until: date | None
    ends_from: date | None
    ends: date | None
    seen: date | None
    seen_until: date | None
    parent: str | None
    parts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def leads(self) -> set[str]:
        """Who leads it."""
        return {actor for role, actor in self.parts if role in LEADING}

    @property
    def since(self) -> date | None:
        """The first day of the interval that is used, None where nothing is known."""
        return self.starts or self.seen or self.ends_from

    @property
    def until(self) -> date | None:
        """The last day of it."""
        return self.ends or self.seen_until or self.starts_until


def _of(text: str | None, first: bool) -> date | None:
    """First or last day that a year, month or day can mean."""
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    if len(text) == 4:
        return date(int(text), 1, 1) if first else date(int(text), 12, 31)
    start = date.fromisoformat(f"{text}-01")
    return start if first else (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class Oracle:
    """The definitions, over one world."""

    def __init__(self, folder: Path) -> None:
        things = read(folder)
        self.of = {kind: {key: t for key, t in things.items() if key.startswith(f"{kind}/")} for kind in _KINDS}
        self.coverage = list(_coverage(folder))
        self.programmes = {key: _programme(key, thing) for key, thing in self.of["programme"].items()}
        for part in self.of["participation"].values():
            self.programmes[part["programme"][0]].parts.append((part["role"][0], part["actor"][0]))
        self._holders: dict[str, frozenset[str]] = {}
        joining = {(t["actor"][0], t["otherActor"][0]) for t in self.of["tie"].values() if self._joins(t)}
        self._tied = joining | {(other, actor) for actor, other in joining}
        self._paid_by = {t["otherActor"][0] for t in self.of["tie"].values() if t["tieKind"] == ["tie-kind/funds"]}

    @staticmethod
    def _joins(tie: dict[str, list[str]]) -> bool:
        return any(f"tie-kind/{kind}" in up(tie["tieKind"][0]) for kind in JOINING)

    # Places and actors

    def holders(self, place: str) -> frozenset[str]:
        """A place with every place that holds it."""
        if place not in self._holders:
            outer = self.of["place"][place].get("within", [])
            self._holders[place] = frozenset({place}.union(*(self.holders(each) for each in outer)))
        return self._holders[place]

    def above(self, actor: str, units_only: bool) -> set[str]:
        """An actor with what it is part of; `units_only` stops where something is no unit."""
        thing = self.of["actor"][actor]
        if "partOf" not in thing or (units_only and thing["type"] != ["Unit"]):
            return {actor}
        return {actor} | self.above(thing["partOf"][0], units_only)

    def stand_together(self, x: str, y: str) -> bool:
        """Whether a tie, a whole or a common organisation brings two actors together."""
        houses, others = self.above(x, True), self.above(y, True)
        tied = any((a, b) in self._tied for a in houses for b in others)
        return tied or bool(houses & others) or y in self.above(x, False) or x in self.above(y, False)

    # Pairs

    def pairs(self) -> dict[tuple[str, str], str]:
        """Every overlap (a < b) with its verdict."""
        fit = [p for p in self.programmes.values() if p.compared and p.leads and p.places and p.domains and p.responses]
        found = {}
        for p, q in combinations(sorted(fit, key=lambda p: p.id), 2):
            if p.responses & q.responses and self._overlap(p, q):
                found[p.id, q.id] = f"verdict/{self._verdict(p, q)}"
        return found

    def _overlap(self, p: Programme, q: Programme) -> bool:
        near = any(x in self.holders(y) or y in self.holders(x) for x in p.places for y in q.places)
        kin = any(x in up(y) or y in up(x) for x in p.domains for y in q.domains)
        if not near or not kin or p.leads & q.leads:
            return False
        if (p.ends or LAST) < (q.starts or FIRST) or (q.ends or LAST) < (p.starts or FIRST):
            return False
        spans = (p.since, p.until), (q.since, q.until)
        if all(first and last for first, last in spans):
            (a, b), (c, d) = spans
            if a and b and c and d and max(a, c) <= min(b, d):
                return True
        return {p.status, q.status} != {"status/ended", "status/proposed"}

    def _verdict(self, p: Programme, q: Programme) -> str:
        if not p.targets or not q.targets:
            return "undetermined"
        if not any(x in up(y) or y in up(x) for x in p.targets for y in q.targets):
            return "complementary"
        everywhere = p.places | q.places
        finest = {
            place
            for place in p.places & q.places
            if not any(place in self.holders(other) and other != place for other in everywhere)
        }
        if not finest or not p.targets & q.targets:
            return "undetermined"
        return "coordinated" if self._linked(p, q) else "possibly-duplicating"

    def _linked(self, p: Programme, q: Programme) -> bool:
        for one, other in ((p, q), (q, p)):
            helping = {actor for role, actor in other.parts if role not in LEADING}
            if any(self.above(lead, True) & helping for lead in one.leads):
                return True
        paying = [{actor for role, actor in each.parts if role in PAYING} for each in (p, q)]
        if paying[0] & paying[1] or self._family(p) & self._family(q):
            return True
        return any(self.stand_together(x, y) for x in p.leads for y in q.leads)

    def _family(self, p: Programme) -> set[str]:
        return {p.id} | (self._family(self.programmes[p.parent]) if p.parent else set())

    # Gaps

    def gaps(self, on: date | None = None) -> dict[Key, str]:
        """(place, domain, place role, response) -> status, with `on` as it stands on that day."""
        found: dict[Key, str] = {}
        for place, domain, role in sorted(self._cells()):
            for each in expectations():
                if each.domain == domain and each.place_role == role:
                    found[place, domain, role, each.response] = self._status(place, domain, each.response, on)
        return found

    def _cells(self) -> set[Key]:
        cells: set[Key] = set()
        for leg in self.of["leg"].values():
            for carried in self.of["flow"][leg["flow"][0]]["domain"]:
                for domain in up(carried) & {each.domain for each in expectations()}:
                    cells.add((leg["place"][0], domain, leg["placeRole"][0]))
        return cells

    def _speaks(self, recorded: str, place: str) -> bool:
        return recorded in self.holders(place) or place in self.holders(recorded)

    def _status(self, place: str, domain: str, response: str, on: date | None) -> str:
        standing = defaultdict(list)
        for p in self.programmes.values():
            if p.status == "status/cancelled" or not any(response in up(code) for code in p.responses):
                continue
            if not any(code in up(domain) or domain in up(code) for code in p.domains):
                continue
            if any(self._speaks(recorded, place) for recorded in p.places):
                standing[_state(p, on)].append(p)
        if standing["active"]:
            parts = [part for p in standing["active"] for part in p.parts]
            working = {actor for role, actor in parts if role not in ("role/funding", "role/host")}
            paid = any(role == "role/funding" for role, _ in parts) or working & self._paid_by
            return "gap-status/covered" if len(working) > 1 and paid else "gap-status/thin"
        if standing["planned"]:
            return "gap-status/planned"
        if standing["ended"]:
            return "gap-status/ended"
        covered = any(
            (not on or not ends or ends >= on)
            and self._speaks(at, place)
            and (code in up(domain) or domain in up(code))
            for at, code, ends in self.coverage
        )
        return "gap-status/none-recorded" if covered else "gap-status/no-source"

    # Routes

    def corridors(self, on: date | None = None) -> dict[Key, Groups]:
        """(flow, domain, response, *route) -> places covered, missing, without a source."""
        statuses = self.gaps(on)
        found: dict[Key, Groups] = {}
        order = ("covered", "thin", "planned", "ended", "none-recorded", "no-source")
        for flow, route in self._routes():
            best: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
            roles = {(leg["place"][0], leg["placeRole"][0]) for leg in self._legs(flow)}
            carried = {code for each in self.of["flow"][flow]["domain"] for code in up(each)}
            for (place, domain, role, response), status in statuses.items():
                if place in route and (place, role) in roles and domain in carried:
                    rank = order.index(status.partition("/")[2])
                    here = best[domain, response]
                    here[place] = min(rank, here.get(place, rank))
            for (domain, response), ranks in best.items():
                groups = tuple(
                    tuple(place for place in route if place in ranks and low <= ranks[place] <= high)
                    for low, high in ((0, 1), (2, 4), (5, 5))
                )
                if groups[0] and (groups[1] or groups[2]):
                    found[flow, domain, response, *route] = groups
        return found

    def _legs(self, flow: str) -> list[dict[str, list[str]]]:
        return [leg for leg in self.of["leg"].values() if leg["flow"] == [flow]]

    def _routes(self) -> Iterator[tuple[str, Key]]:
        for flow in self.of["flow"]:
            onward: dict[str, set[str]] = defaultdict(set)
            places = set()
            for leg in self._legs(flow):
                places.add(leg["place"][0])
                onward[leg["place"][0]] |= set(leg.get("nextPlace", []))
            led_to = {place for targets in onward.values() for place in targets}
            for start in sorted(places - led_to) or [min(places)]:
                yield from ((flow, route) for route in _walk((start,), onward))


_KINDS = ("place", "actor", "programme", "participation", "tie", "flow", "leg")


def _walk(route: Key, onward: dict[str, set[str]]) -> Iterator[Key]:
    ahead = [place for place in sorted(onward[route[-1]]) if place not in route]
    if not ahead:
        yield route
    for place in ahead:
        yield from _walk((*route, place), onward)


def _state(p: Programme, on: date | None) -> str:
    told = {"status/refused": "refused", "status/proposed": "planned", "status/suspended": "ended"}.get(p.status or "")
    if told:
        return told
    if on is None:
        return "ended" if p.status == "status/ended" else "active"
    if p.since and p.until and p.since <= on <= p.until:
        return "active"
    if p.starts and p.starts > on:
        return "planned"
    return "ended" if p.status == "status/ended" or (p.ends and p.ends < on) else "uncertain"


def _programme(id: str, thing: dict[str, list[str]]) -> Programme:
    def one(property: str) -> str:
        return thing.get(property, [""])[0]

    status = one("status") or None
    return Programme(
        id=id,
        status=status,
        compared=one("type") != "Meeting" and status not in ("status/refused", "status/cancelled"),
        places=set(thing.get("place", [])),
        domains=set(thing.get("domain", [])),
        responses=set(thing.get("response", [])),
        targets=set(thing.get("target", [])),
        starts=_of(one("starts"), first=True),
        starts_until=_of(one("starts"), first=False),
        ends_from=_of(one("ends"), first=True),
        ends=_of(one("ends"), first=False),
        seen=_of(one("activeOn"), first=True),
        seen_until=_of(one("activeOn"), first=False),
        parent=one("partOf") or None,
    )


def _coverage(folder: Path) -> Iterator[tuple[str, str, date | None]]:
    for dataset in DATASETS:
        described: dict[str, Any] = yaml.safe_load((folder / dataset / "dataset.yml").read_text(encoding="utf-8"))
        for entry in described["coverage"]:
            ends = date.fromisoformat(entry["ends"]) if entry.get("ends") else None
            yield from (
                (f"place/{place}", f"domain/{code}", ends) for place in entry["places"] for code in entry["domains"]
            )
