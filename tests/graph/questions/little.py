"""Worlds of a few rows: legs, programmes and coverage as claims, and these as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from hypothesis import HealthCheck, settings

from graph.datasets.snapshot import CLAIMS, write_claims
from graph.tables.build import build
from graph.tables.engine import Tables
from graph.tables.world import World

NS, ID, DCT = "https://w3id.org/concert/ns#", "https://w3id.org/concert/id/", "http://purl.org/dc/terms/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
WITHIN = {"place/town": "place/land", "place/land": "place/region", "place/other": "place/region", "place/far": None}
PLACES = (*WITHIN, "place/region")
SALTED = {"place", "actor", "flow", "leg", "programme", "participation", "coverage", "tie"}


@dataclass(frozen=True)
class Leg:
    flow: str
    place: str
    role: str
    domain: str
    next: str | None = None


@dataclass(frozen=True)
class Programme:
    """`actors` are (actor, role, starts, ends): a participation may have a period of its own."""

    places: tuple[str, ...]
    domains: tuple[str, ...]
    responses: tuple[str, ...]
    status: str | None
    starts: date | None
    ends: date | None
    active_on: date | None
    actors: tuple[tuple[str, str, date | None, date | None], ...]


@dataclass(frozen=True)
class Covered:
    place: str
    domain: str
    starts: date | None
    ends: date | None
    complete: bool


@dataclass(frozen=True)
class Little:
    """A world of a few rows. `funded` are the actors that a tie says somebody funds."""

    legs: tuple[Leg, ...] = ()
    programmes: tuple[Programme, ...] = ()
    coverage: tuple[Covered, ...] = ()
    funded: frozenset[str] = field(default_factory=frozenset)


class Said:
    """Triples as they are said; `salt` goes into every id, so that several worlds can lie side by side in one."""

    def __init__(self, salt: str) -> None:
        self.salt = salt
        self.triples: list[ox.Triple] = []

    def named(self, id: str) -> ox.NamedNode:
        kind, _, slug = id.partition("/")
        return ox.NamedNode(f"{ID}{kind}/{self.salt if kind in SALTED else ''}{slug}")

    def term(self, value: Any) -> ox.NamedNode | ox.Literal:
        if isinstance(value, date):
            return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))
        return ox.NamedNode(NS + value) if value in ("Complete", "Partial") else self.named(value)

    def __call__(self, subject: str, class_: str, **properties: Any) -> None:
        node = self.named(subject)
        self.triples.append(ox.Triple(node, TYPE, ox.NamedNode(NS + class_)))
        self.triples.append(ox.Triple(node, ox.NamedNode(NS + "source"), self.named("source/s")))
        for name, value in properties.items():
            each = value if isinstance(value, tuple) else (value,)
            self.triples += [ox.Triple(node, ox.NamedNode(NS + name), self.term(v)) for v in each if v is not None]


def claims(little: Little, salt: str = "") -> list[ox.Triple]:
    say = Said(salt)
    for place, container in WITHIN.items():
        say(place, "Country", within=container)
    say("place/region", "Region")
    for number, leg in enumerate(little.legs):
        say(f"flow/{leg.flow}", "DrugsFlow", domain=leg.domain)
        say(f"leg/{number}", "Leg", flow=f"flow/{leg.flow}", place=leg.place, placeRole=leg.role, nextPlace=leg.next)
    for number, programme in enumerate(little.programmes):
        say(
            f"programme/{number}", "Programme",
            place=programme.places, domain=programme.domains, response=programme.responses, status=programme.status,
            starts=programme.starts, ends=programme.ends, activeOn=programme.active_on,
        )  # fmt: skip
        for order, (actor, role, starts, ends) in enumerate(programme.actors):
            say(
                f"participation/{number}-{order}", "Participation",
                actor=actor, programme=f"programme/{number}", role=role, starts=starts, ends=ends,
            )  # fmt: skip
    for number, covered in enumerate(little.coverage):
        say(
            f"coverage/{number}", "Coverage", place=covered.place, domain=covered.domain, starts=covered.starts,
            ends=covered.ends, completeness="Complete" if covered.complete else "Partial",
        )  # fmt: skip
    for actor in sorted(little.funded):
        say(f"tie/{actor.partition('/')[2]}", "Tie", actor="actor/payer", otherActor=actor, tieKind="tie-kind/funds")
    return say.triples


def side_by_side(littles: Sequence[Little]) -> list[ox.Triple]:
    return [triple for number, little in enumerate(littles) for triple in claims(little, f"{number}-")]


class Worlds:
    """Makes worlds over one connection; each dataset is a file of tables."""

    def __init__(self, folder: Path) -> None:
        self.tables, self.folder, self.made = Tables(), folder, 0

    def world(self, datasets: Mapping[str, Sequence[ox.Triple]]) -> World:
        files = {}
        for name, triples in datasets.items():
            self.made += 1
            folder = self.folder / str(self.made)
            folder.mkdir()
            write_claims(folder, name, list(dict.fromkeys(triples)))
            build(folder / CLAIMS, folder / "tables.duckdb")
            files[name] = folder / "tables.duckdb"
        return World(dict.fromkeys(datasets, "1"), self.tables.schema(files), self.tables, _no_store)


def _no_store() -> Any:
    raise AssertionError("these questions read tables only")


TRANSIT = Leg("f", "place/land", "place-role/transit", "domain/heroin")


ALONE = Programme(
    ("place/land",), ("domain/drugs",), ("response/interdiction",), "status/active", None, None, date(2003, 5, 14),
    (("actor/one", "role/implementing", None, None),),
)  # fmt: skip


LOOKED = Covered("place/region", "domain/drugs", None, None, False)


def drawn(examples: int) -> settings:
    """Worlds lie side by side, several to an example, since a world takes longer to make than to ask."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
