"""Gaps against a plain reading of their definition, over worlds of a few rows, and the laws that they keep."""

import itertools
import random
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.questions.answer import ask
from graph.tables.world import World
from ontology.vocabulary import concepts, expectations
from tests.graph.questions.little import (
    ALONE,
    ID,
    LOOKED,
    NS,
    PLACES,
    TRANSIT,
    TYPE,
    WITHIN,
    Covered,
    Leg,
    Little,
    Programme,
    Worlds,
    claims,
    drawn,
    side_by_side,
)

ORDER = ["covered", "thin", "planned", "ended", "none-recorded", "no-source"]
Key = tuple[str, str, str, str]


def told(world: World, on: date | None = None) -> dict[Key, dict[str, Any]]:
    answer = ask(world, "gaps", {"on": [on.isoformat()]} if on else {}, limit=10_000)
    assert answer.total == len(answer.rows)
    return {
        tuple(row[name]["id"] for name in ("place", "domain", "place_role", "response")): row for row in answer.rows
    }


def statuses(world: World, on: date | None = None) -> dict[Key, str]:
    return {key: row["status"]["id"].partition("/")[2] for key, row in told(world, on).items()}


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


CELL = ("place/land", "domain/drugs", "place-role/transit", "response/interdiction")
TWO = (*ALONE.actors, ("actor/two", "role/implementing", None, None))
PAID = replace(ALONE, actors=(*TWO, ("actor/three", "role/funding", None, None)))
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


CHANGED: list[tuple[dict[str, Any], str]] = [
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
]
COVERED = [
    (Covered("place/region", "domain/drugs", None, None, True), "complete"),
    (Covered("place/land", "domain/drugs", None, None, True), "complete"),
    (Covered("place/land", "domain/drugs", None, None, False), "partial"),
    (Covered("place/town", "domain/drugs", None, None, True), "partial"),
    (Covered("place/land", "domain/heroin", None, None, True), "partial"),
]
WORKED_AT = [("place/land", "place"), ("place/town", "part"), ("place/region", "region")]


def changed(change: dict[str, Any]) -> Little:
    return Little((TRANSIT,), (replace(ALONE, **change),), (LOOKED,))


def only_covered(covered: Covered) -> Little:
    return Little((TRANSIT,), (), (covered,))


def worked_at(place: str) -> Little:
    return Little((TRANSIT,), (replace(ALONE, places=(place,)),))


@pytest.fixture(scope="module")
def cells(worlds: Worlds) -> dict[Little, dict[str, Any]]:
    """The row of the cell in each of these worlds, which lie side by side in one."""
    littles = [changed(change) for change, _ in CHANGED] + [only_covered(covered) for covered, _ in COVERED]
    littles += [worked_at(place) for place, _ in WORKED_AT]
    found = told(worlds.world({"w": side_by_side(littles)}))
    return {little: found[f"place/{number}-land", *CELL[1:]] for number, little in enumerate(littles)}


@pytest.mark.parametrize(("change", "status"), CHANGED)
def test_what_counts_as_the_expected_response(
    cells: dict[Little, dict[str, Any]], change: dict[str, Any], status: str
) -> None:
    assert cells[changed(change)]["status"]["id"] == f"gap-status/{status}"


@pytest.mark.parametrize(("covered", "told_as"), COVERED)
def test_how_far_the_sources_cover(cells: dict[Little, dict[str, Any]], covered: Covered, told_as: str) -> None:
    assert cells[only_covered(covered)]["coverage"] == told_as


@pytest.mark.parametrize(("place", "covered_at"), WORKED_AT)
def test_the_row_tells_where_it_is_covered(cells: dict[Little, dict[str, Any]], place: str, covered_at: str) -> None:
    assert cells[worked_at(place)]["covered_at"] == covered_at


def test_two_actors_without_a_funder_are_thin_and_a_tie_can_tell_the_funder(worlds: Worlds) -> None:
    unpaid = replace(ALONE, actors=TWO)
    assert statuses(worlds.world({"w": claims(Little((TRANSIT,), (unpaid,)))}))[CELL] == "thin"
    row = told(worlds.world({"w": claims(Little((TRANSIT,), (unpaid,), (), frozenset({"actor/two"})))}))[CELL]
    assert row["status"]["id"] == "gap-status/covered"
    assert [funder["id"] for funder in row["funders"]] == ["actor/payer"]


def test_one_actor_with_a_funder_is_still_one_actor_at_work(worlds: Worlds) -> None:
    two_roles = replace(ALONE, actors=(*ALONE.actors, ("actor/two", "role/funding", None, None)))
    assert statuses(worlds.world({"w": claims(Little((TRANSIT,), (two_roles,)))}))[CELL] == "thin"


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


def test_the_score_is_made_of_its_terms(worlds: Worlds) -> None:
    row = told(worlds.world({"w": claims(SMALLEST["thin"])}))[CELL]
    assert (row["weight"], row["pressure"], row["need"], row["credit"]) == (1, 1.167, 1.167, 0.5)
    assert row["score"] == pytest.approx(1 * (1 + (1 / 2 + 0 + 0) / 3) * (1 - 0.5), abs=5e-4)


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
