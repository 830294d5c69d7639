"""Gaps against a plain reading of their definition, over worlds of a few rows, and the laws that they keep."""

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.datasets.snapshot import CLAIMS, write_claims
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from graph.tables.build import build
from graph.tables.engine import Tables
from graph.tables.world import World
from ontology.vocabulary import concepts, expectations

NS, ID, DCT = "https://w3id.org/concert/ns#", "https://w3id.org/concert/id/", "http://purl.org/dc/terms/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"

WITHIN = {"place/town": "place/land", "place/land": "place/region", "place/other": "place/region", "place/far": None}
PLACES = (*WITHIN, "place/region")
SALTED = {"place", "actor", "flow", "leg", "programme", "participation", "coverage", "tie"}
ORDER = ["covered", "thin", "planned", "ended", "none-recorded", "no-source"]


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


# ------------------------------------------------------------------------------------------- the world as tables


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


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    made = Worlds(tmp_path_factory.mktemp("worlds"))
    yield made
    made.tables.close()


Key = tuple[str, str, str, str]


def told(world: World, on: date | None = None) -> dict[Key, dict[str, Any]]:
    answer = ask(world, "gaps", {"on": [on.isoformat()]} if on else {}, limit=10_000)
    assert answer.total == len(answer.rows)
    return {
        tuple(row[name]["id"] for name in ("place", "domain", "place_role", "response")): row for row in answer.rows
    }


def statuses(world: World, on: date | None = None) -> dict[Key, str]:
    return {key: row["status"]["id"].partition("/")[2] for key, row in told(world, on).items()}


# --------------------------------------------------------------------------------------------- the plain reading


def up(place: str | None) -> set[str]:
    found = set()
    while place:
        found.add(place)
        place = WITHIN.get(place)
    return found


BROADER = {concept.id: concept.broader for concept in concepts()}


def broader(code: str) -> set[str]:
    return {code}.union(*(broader(parent) for parent in BROADER[code]))


def state(programme: Programme, starts: date | None, ends: date | None, on: date | None) -> str | None:
    """How one participation stands on a day; `starts` and `ends` are its own."""
    if not (starts or ends):
        starts, ends, seen = programme.starts, programme.ends, programme.active_on
    else:
        seen = None
    match programme.status:
        case "status/cancelled":
            return None
        case "status/refused":
            return "refused"
        case "status/proposed":
            return "planned"
        case "status/suspended":
            return "ended"
    if on is None:
        return "ended" if programme.status == "status/ended" else "active"
    first, last = starts or seen or ends, ends or seen or starts
    if first and last and first <= on <= last:
        return "active"
    if starts and starts > on:
        return "planned"
    if programme.status == "status/ended" or (ends and ends < on):
        return "ended"
    return "uncertain"


def answers(programme: Programme, place: str, domain: str, response: str) -> bool:
    return (
        any(p in up(place) or place in up(p) for p in programme.places)
        and any(domain in broader(d) or d in broader(domain) for d in programme.domains)
        and any(response in broader(r) for r in programme.responses)
    )


def oracle(little: Little, on: date | None = None) -> dict[Key, str]:
    found = {}
    for leg, expected in itertools.product(little.legs, expectations()):
        if expected.domain not in broader(leg.domain) or expected.place_role != leg.role:
            continue
        states: set[str | None] = set()
        workers: set[str] = set()
        paid = False
        for programme in little.programmes:
            if not answers(programme, leg.place, expected.domain, expected.response):
                continue
            for actor, role, starts, ends in programme.actors or (("", "", None, None),):
                now = state(programme, starts, ends, on)
                states.add(now)
                if now == "active" and role == "role/funding":
                    paid = True
                elif now == "active" and actor and role != "role/host":
                    workers.add(actor)
        looked = any(
            (c.place in up(leg.place) or leg.place in up(c.place))
            and (expected.domain in broader(c.domain) or c.domain in broader(expected.domain))
            and (on is None or ((c.starts or on) <= on <= (c.ends or on)))
            for c in little.coverage
        )
        if "active" in states:
            status = "covered" if len(workers) > 1 and (paid or workers & little.funded) else "thin"
        elif "planned" in states or "ended" in states:
            status = "planned" if "planned" in states else "ended"
        else:
            status = "none-recorded" if looked else "no-source"
        found[leg.place, expected.domain, expected.place_role, expected.response] = status
    return found


# ----------------------------------------------------------------------------------------- every status, smallest

TRANSIT = Leg("f", "place/land", "place-role/transit", "domain/heroin")
CELL = ("place/land", "domain/drugs", "place-role/transit", "response/interdiction")
ALONE = Programme(
    ("place/land",), ("domain/drugs",), ("response/interdiction",), "status/active", None, None, date(2003, 5, 14),
    (("actor/one", "role/implementing", None, None),),
)  # fmt: skip
TWO = (*ALONE.actors, ("actor/two", "role/implementing", None, None))
PAID = replace(ALONE, actors=(*TWO, ("actor/three", "role/funding", None, None)))
LOOKED = Covered("place/region", "domain/drugs", None, None, False)

SMALLEST = {
    "no-source": Little((TRANSIT,)),
    "none-recorded": Little((TRANSIT,), (), (LOOKED,)),
    "ended": Little((TRANSIT,), (replace(ALONE, status="status/ended"),)),
    "planned": Little((TRANSIT,), (replace(ALONE, status="status/proposed"),)),
    "thin": Little((TRANSIT,), (ALONE,)),
    "covered": Little((TRANSIT,), (PAID,)),
}


@pytest.mark.parametrize("status", ORDER)
def test_the_smallest_world_of_each_status(worlds: Worlds, status: str) -> None:
    assert statuses(worlds.world({"w": claims(SMALLEST[status])}))[CELL] == status
    assert oracle(SMALLEST[status])[CELL] == status


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "status/refused"}, "none-recorded"),
        ({"status": "status/cancelled"}, "none-recorded"),
        ({"status": "status/suspended"}, "ended"),
        ({"places": ("place/far",)}, "none-recorded"),
        ({"places": ("place/other",)}, "none-recorded"),
        ({"places": ()}, "none-recorded"),
        ({"domains": ("domain/persons",)}, "none-recorded"),
        ({"domains": ("domain/opium",)}, "thin"),
        ({"responses": ("response/training",)}, "none-recorded"),
        ({"responses": ()}, "none-recorded"),
        ({"actors": ()}, "thin"),
    ],
)
def test_what_counts_as_the_expected_response(worlds: Worlds, change: dict[str, Any], status: str) -> None:
    little = Little((TRANSIT,), (replace(ALONE, **change),), (LOOKED,))
    assert statuses(worlds.world({"w": claims(little)}))[CELL] == status


def test_two_actors_without_a_funder_are_thin_and_a_tie_can_tell_the_funder(worlds: Worlds) -> None:
    unpaid = replace(ALONE, actors=TWO)
    assert statuses(worlds.world({"w": claims(Little((TRANSIT,), (unpaid,)))}))[CELL] == "thin"
    row = told(worlds.world({"w": claims(Little((TRANSIT,), (unpaid,), (), frozenset({"actor/two"})))}))[CELL]
    assert row["status"]["id"] == "gap-status/covered"
    assert [funder["id"] for funder in row["funders"]] == ["actor/payer"]


def test_one_actor_with_a_funder_is_still_one_actor_at_work(worlds: Worlds) -> None:
    two_roles = replace(ALONE, actors=(*ALONE.actors, ("actor/two", "role/funding", None, None)))
    assert statuses(worlds.world({"w": claims(Little((TRANSIT,), (two_roles,)))}))[CELL] == "thin"


@pytest.mark.parametrize(
    ("place", "covered_at"), [("place/land", "place"), ("place/town", "part"), ("place/region", "region")]
)
def test_the_row_tells_where_it_is_covered(worlds: Worlds, place: str, covered_at: str) -> None:
    little = Little((TRANSIT,), (replace(ALONE, places=(place,)),))
    assert told(worlds.world({"w": claims(little)}))[CELL]["covered_at"] == covered_at


@pytest.mark.parametrize(("outside", "status"), [((), "none-recorded"), (("place/abroad",), "no-source")])
def test_a_region_lies_in_another_when_all_its_countries_do(
    worlds: Worlds, outside: tuple[str, ...], status: str
) -> None:
    def say(subject: str, class_: str, *containers: str) -> list[ox.Triple]:
        node = ox.NamedNode(ID + subject)
        within = [ox.Triple(node, ox.NamedNode(NS + "within"), ox.NamedNode(ID + c)) for c in containers]
        return [ox.Triple(node, TYPE, ox.NamedNode(NS + class_)), *within]

    leg = replace(TRANSIT, place="place/area")
    stated = claims(Little((leg,), (), (replace(LOOKED, place="place/union"),)))
    stated += say("place/area", "Region") + say("place/union", "Region")
    stated += say("place/one", "Country", "place/area", "place/union")
    stated += say("place/gate", "BorderCrossing", "place/one", "place/abroad")
    stated += [triple for place in outside for triple in say(place, "Country", "place/area")]
    assert statuses(worlds.world({"w": stated}))["place/area", *CELL[1:]] == status


def test_a_country_is_not_drawn_into_another_by_the_crossing_that_they_share(worlds: Worlds) -> None:
    crossing = ox.NamedNode(ID + "place/gate")
    stated = claims(Little((replace(TRANSIT, place="place/other"),), (), (replace(LOOKED, place="place/far"),)))
    stated.append(ox.Triple(crossing, TYPE, ox.NamedNode(NS + "BorderCrossing")))
    stated += [
        ox.Triple(crossing, ox.NamedNode(NS + "within"), ox.NamedNode(ID + p)) for p in ("place/other", "place/far")
    ]
    assert statuses(worlds.world({"w": stated}))["place/other", *CELL[1:]] == "no-source"


def test_a_refused_programme_is_shown_and_covers_nothing(worlds: Worlds) -> None:
    row = told(worlds.world({"w": claims(Little((TRANSIT,), (replace(ALONE, status="status/refused"),), (LOOKED,)))}))[
        CELL
    ]
    assert row["status"]["id"] == "gap-status/none-recorded"
    assert [programme["id"] for programme in row["refused"]] == ["programme/0"]


def test_a_programme_that_does_not_tell_its_response_is_shown_as_unstated(worlds: Worlds) -> None:
    row = told(worlds.world({"w": claims(Little((TRANSIT,), (replace(ALONE, responses=()),), (LOOKED,)))}))[CELL]
    assert [programme["id"] for programme in row["unstated"]] == ["programme/0"]
    assert [actor["id"] for actor in row["near_actors"]] == ["actor/one"]


def test_what_was_only_seen_on_another_day_is_uncertain_not_ended(worlds: Worlds) -> None:
    row = told(worlds.world({"w": claims(Little((TRANSIT,), (ALONE,)))}), date(2010, 1, 1))[CELL]
    assert row["status"]["id"] == "gap-status/no-source"
    assert [programme["id"] for programme in row["uncertain"]] == ["programme/0"]


def test_a_participation_goes_by_its_own_period(worlds: Worlds) -> None:
    left = (("actor/one", "role/implementing", date(2001, 1, 1), date(2002, 1, 1)),)
    little = Little((TRANSIT,), (replace(ALONE, ends=date(2009, 1, 1), actors=left),))
    assert statuses(worlds.world({"w": claims(little)}), date(2003, 5, 14))[CELL] == "ended"


def test_coverage_of_another_time_is_no_source(worlds: Worlds) -> None:
    past = replace(LOOKED, ends=date(2003, 5, 14))
    world = worlds.world({"w": claims(Little((TRANSIT,), (), (past,)))})
    assert statuses(world, date(2003, 5, 14))[CELL] == "none-recorded"
    assert statuses(world, date(2003, 5, 15))[CELL] == "no-source"


@pytest.mark.parametrize(
    ("covered", "told_as"),
    [
        (Covered("place/region", "domain/drugs", None, None, True), "complete"),
        (Covered("place/land", "domain/drugs", None, None, True), "complete"),
        (Covered("place/land", "domain/drugs", None, None, False), "partial"),
        (Covered("place/town", "domain/drugs", None, None, True), "partial"),
        (Covered("place/land", "domain/heroin", None, None, True), "partial"),
    ],
)
def test_how_far_the_sources_cover(worlds: Worlds, covered: Covered, told_as: str) -> None:
    assert told(worlds.world({"w": claims(Little((TRANSIT,), (), (covered,)))}))[CELL]["coverage"] == told_as


def test_the_score_is_made_of_its_terms(worlds: Worlds) -> None:
    row = told(worlds.world({"w": claims(SMALLEST["thin"])}))[CELL]
    assert (row["weight"], row["pressure"], row["need"], row["credit"]) == (1, 1.167, 1.167, 0.5)
    assert row["score"] == pytest.approx(1 * (1 + (1 / 2 + 0 + 0) / 3) * (1 - 0.5), abs=5e-4)


# --------------------------------------------------------------------------------------------------- drawn worlds

DAYS = st.sampled_from([None, date(2001, 6, 1), date(2003, 5, 14), date(2005, 1, 1)])
PLACE = st.sampled_from(PLACES)
DOMAIN = st.sampled_from(["domain/drugs", "domain/heroin", "domain/opium", "domain/persons"])
RESPONSE = st.sampled_from(
    ["response/interdiction", "response/training", "response/demand-reduction", "response/victim-support"]
)
STATUS = st.one_of(
    st.sampled_from([None, "status/active"]),
    st.sampled_from([f"status/{name}" for name in ("proposed", "suspended", "ended", "cancelled", "refused")]),
)


@st.composite
def periods(draw: st.DrawFn) -> tuple[date | None, date | None]:
    starts, ends = draw(DAYS), draw(DAYS)
    return (ends, starts) if starts and ends and starts > ends else (starts, ends)


@st.composite
def participations(draw: st.DrawFn) -> tuple[str, str, date | None, date | None]:
    actor = draw(st.sampled_from(["actor/one", "actor/two"]))
    role = draw(st.sampled_from(["role/implementing", "role/funding", "role/host", "role/accountable"]))
    return (actor, role, *draw(st.one_of(st.just((None, None)), periods())))


def some(of: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most, unique=True).map(tuple)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    return Programme(
        draw(some(PLACE, 2)), draw(some(DOMAIN, 2)), draw(some(RESPONSE, 2)), draw(STATUS),
        *draw(periods()), draw(DAYS), draw(some(participations(), 3)),
    )  # fmt: skip


NEAR = st.builds(
    replace,
    programmes(),
    places=st.just(("place/land", "place/far")),
    domains=st.just(("domain/drugs",)),
    responses=st.just(("response/information-exchange", "response/demand-reduction")),
)
"""Programmes that bear on nearly every leg that is drawn."""

LEGS = st.builds(
    lambda place, role, domain: Leg(domain.partition("/")[2], place, f"place-role/{role}", domain),
    PLACE, st.sampled_from(["origin", "transit", "destination"]), st.sampled_from(["domain/drugs", "domain/heroin"]),
)  # fmt: skip
COVERAGE = st.builds(Covered, PLACE, DOMAIN, DAYS, st.just(None), st.booleans())
LITTLE = st.builds(
    Little, st.lists(LEGS, min_size=1, max_size=3, unique=True).map(tuple),
    some(st.one_of(programmes(), NEAR), 3), some(COVERAGE, 2), st.frozensets(st.sampled_from(["actor/one"])),
)  # fmt: skip
ON = st.sampled_from([None, date(2001, 6, 1), date(2002, 1, 1), date(2003, 5, 14), date(2004, 1, 1)])
SEVERAL = st.lists(LITTLE, min_size=4, max_size=8)


def drawn(examples: int) -> settings:
    """Worlds lie side by side, several to an example, since a world takes longer to make than to ask."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@drawn(15)
@given(littles=SEVERAL, on=ON)
def test_every_status_is_that_of_the_plain_reading(worlds: Worlds, littles: list[Little], on: date | None) -> None:
    expected = {
        (key[0].replace("place/", f"place/{number}-"), *key[1:]): status
        for number, little in enumerate(littles)
        for key, status in oracle(little, on).items()
    }
    assert statuses(worlds.world({"w": side_by_side(littles)}), on) == expected


@drawn(6)
@given(littles=SEVERAL, on=ON, seed=st.integers(0, 99))
def test_the_order_of_rows_and_of_datasets_changes_nothing(
    worlds: Worlds, littles: list[Little], on: date | None, seed: int
) -> None:
    done: list[ox.Triple] = []
    rest: list[ox.Triple] = []
    for triple in side_by_side(littles):
        (done if re.search("/programme/|/participation/", str(triple.subject)) else rest).append(triple)
    before = told(worlds.world({"a": done, "b": rest}), on)
    random.Random(seed).shuffle(done)
    random.Random(seed).shuffle(rest)
    after = told(worlds.world({"a": rest, "b": done}), on)
    for row in (*before.values(), *after.values()):
        row["sources"] = sorted(source["claim"] for source in row["sources"])
    assert after == before


@drawn(8)
@given(littles=SEVERAL, on=ON, others=SEVERAL)
def test_an_unrelated_dataset_changes_nothing(
    worlds: Worlds, littles: list[Little], on: date | None, others: list[Little]
) -> None:
    mine = side_by_side(littles)
    theirs = [triple for number, other in enumerate(others) for triple in claims(other, f"x{number}-")]
    both = told(worlds.world({"w": mine, "x": theirs}), on)
    assert {key: row for key, row in both.items() if "/x" not in key[0]} == told(worlds.world({"w": mine}), on)


@drawn(10)
@given(littles=SEVERAL, on=ON, more=st.lists(NEAR, min_size=8, max_size=8))
def test_another_programme_never_worsens_a_status_or_raises_a_score(
    worlds: Worlds, littles: list[Little], on: date | None, more: list[Programme]
) -> None:
    richer = [
        replace(little, programmes=(*little.programmes, each)) for little, each in zip(littles, more, strict=False)
    ]
    before = told(worlds.world({"w": side_by_side(littles)}), on)
    after = told(worlds.world({"w": side_by_side(richer)}), on)
    assert before.keys() == after.keys()
    for key, row in before.items():
        was, now = (ORDER.index(r["status"]["id"].partition("/")[2]) for r in (row, after[key]))
        assert now <= was
        assert after[key]["score"] <= row["score"]


# -------------------------------------------------------------------------------------------------------- routes


def routes(worlds: Worlds, flows: Sequence[set[tuple[str, str]]]) -> list[set[str]]:
    """The routes of each flow, a letter a place."""
    legs = tuple(
        Leg(str(number), f"place/{a}", "place-role/transit", "domain/drugs", f"place/{b}")
        for number, edges in enumerate(flows)
        for a, b in sorted(edges)
    )
    part = catalogue()["corridor-gaps"].parts["route"]
    world = worlds.world({"w": claims(Little(legs))})
    found = world.rows(f"with route as ({part}) select flow, route from route", {"dataset": None})
    return [
        {"".join(place.partition("/")[2] for place in row["route"]) for row in found if row["flow"] == f"flow/{number}"}
        for number in range(len(flows))
    ]


@drawn(8)
@given(
    flows=st.lists(
        st.sets(st.sampled_from(list(itertools.combinations("abcde", 2))), min_size=1, max_size=7),
        min_size=5,
        max_size=10,
    )
)
def test_routes_are_the_whole_paths_from_where_nothing_leads(worlds: Worlds, flows: list[set[tuple[str, str]]]) -> None:
    def paths(edges: set[tuple[str, str]]) -> set[str]:
        graph: nx.DiGraph[str] = nx.DiGraph(edges)
        starts = [place for place in graph if graph.in_degree(place) == 0]
        ends = [place for place in graph if graph.out_degree(place) == 0]
        return {
            "".join(path)
            for start, end in itertools.product(starts, ends)
            for path in nx.all_simple_paths(graph, start, end)
        }

    assert routes(worlds, flows) == [paths(edges) for edges in flows]


def test_a_flow_that_goes_round_in_a_circle_has_one_route(worlds: Worlds) -> None:
    assert routes(worlds, [{("x", "y"), ("y", "z"), ("z", "x")}]) == [{"xyz"}]


def test_a_corridor_gap_is_a_route_with_a_covered_and_a_missing_place(worlds: Worlds) -> None:
    legs = (
        Leg("f", "place/land", "place-role/transit", "domain/drugs", "place/other"),
        Leg("f", "place/other", "place-role/transit", "domain/drugs", "place/far"),
        Leg("f", "place/far", "place-role/transit", "domain/drugs"),
    )
    world = worlds.world({"w": claims(Little(legs, (ALONE,), (replace(LOOKED, place="place/other"),)))})
    row = ask(world, "corridor-gaps").rows
    assert [[place["id"] for place in row[0][name]] for name in ("route", "covered", "missing", "unsourced")] == [
        ["place/land", "place/other", "place/far"], ["place/land"], ["place/other"], ["place/far"],
    ]  # fmt: skip
    assert [r["response"]["id"] for r in row] == ["response/interdiction"]
    assert row[0]["share"] == pytest.approx(1 / 3)
