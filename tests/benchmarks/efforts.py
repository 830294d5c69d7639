"""Efforts and their records: what is written of a programme, and how many there are in each place and domain."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from tests.benchmarks.ntriples import LABEL, SOURCE, TYPE, Claims, date, number, ref, term, text

PROPERTIES = [term(f"con:{name}") for name in ("place", "domain", "response", "target")]
PLACE, DOMAIN, RESPONSE, TARGET = PROPERTIES
STARTS, ENDS, ACTIVE_ON, STATUS = (term(f"con:{name}") for name in ("starts", "ends", "activeOn", "status"))
ACTOR, PROGRAMME, ROLE, PART_OF = (term(f"con:{name}") for name in ("actor", "programme", "role", "partOf"))
BUDGET, CURRENCY, LOCATOR = term("con:budget"), term("con:currency"), term("con:locator")
DESCRIPTION, PARTICIPATION = term("dct:description"), term("con:Participation")
NEVER_CAME = {"refused", "cancelled"}


@dataclass(slots=True)
class Effort:
    """One programme as a publisher records it. Codes are notations, places and actors ids.

    parts     (role, actor); by         the dataset that records it: 0 is world-a, 1 is world-b
    elsewhere (role, actor) of participations that the other dataset records
    """

    title: str
    by: int = 0
    kind: str = "Project"
    status: str | None = "active"
    starts: str | None = None
    ends: str | None = None
    active_on: str | None = None
    places: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    parent: str | None = None
    budget: float | None = None
    currency: str = "USD"
    description: str | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    id: str = ""


class Numbers:
    """Small whole numbers for ids, in the order in which they are first seen. 0 is for none."""

    def __init__(self) -> None:
        self.ids = [""]
        self._numbers: dict[str, int] = {}

    def of(self, id: str) -> int:
        found = self._numbers.get(id)
        if found is None:
            found = self._numbers[id] = len(self.ids)
            self.ids.append(id)
        return found


class Ledger:
    """Efforts written one by one, with counts by place and domain that take eight bytes a row."""

    def __init__(self, datasets: tuple[Claims, Claims], sources: int) -> None:
        self.datasets = datasets
        self.programmes = 0
        self.participations = 0
        self._sources = sources
        self._places, self._domains, self._actors = Numbers(), Numbers(), Numbers()
        self._cells = {"programmes": array("q"), "proposed": array("q"), "efforts": array("q"), "actors": array("q")}
        for by, dataset in enumerate(datasets):
            for n in range(sources):
                issued = date(str(2005 + n % 20))
                stated = [(TYPE, term("con:Source")), (LABEL, text(f"Report {n + 1} of publisher {'AB'[by]}"))]
                dataset.state(_source(by, n), [*stated, (term("dct:issued"), issued)])

    def add(self, effort: Effort, same_as: int | None = None) -> str:
        """Write the effort and its participations; returns the id that it was given.

        same_as  the number of the programme that is the same effort in other words, which then counts once
        """
        self.programmes += 1
        n, by = self.programmes, effort.by
        effort.id = f"programme/w{'ab'[by]}-{n}"
        source = ref(_source(by, n % self._sources))
        stated = [(TYPE, term(f"con:{effort.kind}")), (LABEL, text(effort.title)), (SOURCE, source)]
        stated.append((LOCATOR, text(f"row {n}", "")))
        for dimension, codes, kind in (
            (PLACE, effort.places, ""),
            (DOMAIN, effort.domains, "domain/"),
            (RESPONSE, effort.responses, "response/"),
            (TARGET, effort.targets, "target/"),
        ):
            stated += [(dimension, ref(kind + code)) for code in codes]
        for bound, day in ((STARTS, effort.starts), (ENDS, effort.ends), (ACTIVE_ON, effort.active_on)):
            if day:
                stated.append((bound, date(day)))
        if effort.status:
            stated.append((STATUS, ref(f"status/{effort.status}")))
        if effort.parent:
            stated.append((PART_OF, ref(effort.parent)))
        if effort.budget is not None:
            stated += [(BUDGET, number(effort.budget)), (CURRENCY, text(effort.currency, ""))]
        if effort.description:
            stated.append((DESCRIPTION, text(effort.description)))
        self.datasets[by].state(effort.id, stated)
        for place, (role, actor) in enumerate(effort.parts):
            self._part(by, effort.id, role, actor, f"{n}-{place}", source)
        for place, (role, actor) in enumerate(effort.elsewhere):
            self._part(1 - by, effort.id, role, actor, f"{n}-e{place}", ref(_source(1 - by, n % self._sources)))
        self._count(effort, n, same_as)
        return effort.id

    def _part(self, by: int, programme: str, role: str, actor: str, slug: str, source: str) -> None:
        self.participations += 1
        self.datasets[by].state(
            f"participation/w{'ab'[by]}-{slug}",
            (
                (TYPE, PARTICIPATION),
                (ACTOR, ref(actor)),
                (PROGRAMME, ref(programme)),
                (ROLE, ref(f"role/{role}")),
                (SOURCE, source),
            ),
        )

    def _count(self, effort: Effort, number_: int, same_as: int | None) -> None:
        if effort.status in NEVER_CAME:
            return
        counted = "proposed" if effort.status == "proposed" else "programmes"
        actors = [self._actors.of(actor) for _, actor in (*effort.parts, *effort.elsewhere)]
        for place in effort.places or ("",):
            for domain in effort.domains or ("",):
                cell = (self._places.of(place) if place else 0) << 44 | (
                    self._domains.of(domain) if domain else 0
                ) << 24
                self._cells[counted].append(cell)
                self._cells["actors"].extend(cell | actor for actor in actors)
                if counted == "programmes":
                    self._cells["efforts"].append(cell | (same_as or number_))

    def counts(self) -> Iterator[dict[str, object]]:
        """A row for each place and domain in which something is recorded; None stands for one that no source tells.

        programmes and proposed count records, efforts each effort once, actors those in any role.
        """
        found: dict[tuple[int, str], int] = {}
        for name, rows in self._cells.items():
            seen = np.frombuffer(rows, dtype=np.int64) if rows else np.empty(0, dtype=np.int64)
            cells = seen if name in ("programmes", "proposed") else np.unique(seen)
            for cell, count in zip(*np.unique(cells >> 24, return_counts=True), strict=True):
                found[int(cell), name] = int(count)
        for cell, group in groupby(sorted(found), key=lambda key: key[0]):
            row = dict.fromkeys(self._cells, 0) | {name: found[cell, name] for _, name in group}
            place, domain = self._places.ids[cell >> 20], self._domains.ids[cell & 0xFFFFF]
            yield {"place": place or None, "domain": f"domain/{domain}" if domain else None, **row}


def _source(by: int, number_: int) -> str:
    return f"source/w{'ab'[by]}-{number_}"
