"""Recommendations: which programmes exist already, and how each was judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.world import World

Fields = dict[str, str]
Case = tuple[Fields, Fields, bool]
"""What a programme and a recommendation say besides PLAIN and ASKED, and whether the one is what the other asks for."""

PLAIN = {"status": "active", "places": "land", "domains": "drugs", "responses": "interdiction"}
ASKED = {"places": "land", "domains": "drugs", "responses": "interdiction", "proposer": "a"}

CASES: list[Case] = [
    ({}, {}, True),
    ({"domains": "heroin"}, {}, True),
    ({"domains": "drugs"}, {"domains": "heroin"}, True),
    ({"places": "region"}, {}, True),
    ({"places": "land"}, {"places": "region"}, True),
    ({"responses": "interdiction; training"}, {"responses": "prosecution"}, True),
    ({"status": "ended"}, {}, True),
    ({"domains": "arms"}, {}, False),
    ({"places": "far"}, {}, False),
    ({"places": ""}, {}, False),
    ({"responses": "training"}, {}, False),
    ({"status": "proposed"}, {}, False),
    ({"status": "refused"}, {}, False),
    ({}, {"responses": ""}, False),
]


def sheets(*cases: Case) -> dict[str, list[Fields]]:
    """A dataset with all of the cases, each in lands of its own: programme p0 and recommendation r0 are the first."""
    places, programmes, recommendations, assessments = list[Fields](), list[Fields](), list[Fields](), list[Fields]()

    def there(row: Fields, number: int) -> Fields:
        return row | {"places": f"{row['places']}{number}" if row["places"] else ""}

    for number, (programme, recommendation, _) in enumerate(cases):
        r, p = f"r{number}", f"p{number}"
        places += [
            {"id": f"region{number}", "class": "Region", "name": "Region"},
            {"id": f"land{number}", "class": "Country", "name": "Land", "within": f"region{number}"},
            {"id": f"far{number}", "class": "Country", "name": "Far"},
        ]
        programmes.append({"id": p, "name": "P"} | there(PLAIN | programme, number))
        recommendations.append({"id": r, "name": "R", "made_at": "seminar"} | there(ASKED | recommendation, number))
        assessments += [
            {"about": f"recommendation:{r}", "rating": "useful", "description": "good", "id": f"x{number}"},
            {
                "about": f"recommendation:{r}; programme:{p}",
                "rating": "harmful",
                "description": "bad",
                "id": f"y{number}",
            },
        ]
    return {
        "places": places,
        "actors": [
            {"id": "a", "class": "Organisation", "name": "A"},
            {"id": "unit", "class": "Unit", "name": "Unit", "part_of": "a"},
            {"id": "b", "class": "Organisation", "name": "B"},
        ],
        "programmes": [*programmes, {"id": "seminar", "name": "Seminar", "responses": "interdiction"}],
        "recommendations": recommendations,
        "assessments": assessments,
    }


@pytest.fixture
def alone(library: Library, dataset: Callable[..., Path]) -> Callable[..., World]:
    """A world of these cases alone."""

    def world(*cases: Case) -> World:
        library.load(dataset({"sources": [{"id": "s", "name": "S"}]} | sheets(*cases), prefix="", source="s"))
        return library.world(frozenset(library.datasets()))

    return world


def rows(world: World, **given: list[str]) -> dict[str, dict[str, Any]]:
    return {row["recommendation"]["id"]: row for row in ask(world, "recommendations", given, limit=100).rows}


@pytest.fixture(scope="module")
def world(drawn: Callable[..., World]) -> World:
    """A world of all cases."""
    return drawn(sheets(*CASES))


@pytest.mark.parametrize(("number", "case"), [*enumerate(CASES)], ids=[str(case) for case in CASES])
def test_what_exists_already(world: World, number: int, case: Case) -> None:
    row = rows(world)[f"recommendation/r{number}"]
    assert [found["id"] for found in row["existing"]] == ([f"programme/p{number}"] if case[2] else [])
    assert row["existing_count"] == case[2]


def test_every_judgement_stands_and_is_a_source(world: World) -> None:
    row = rows(world)["recommendation/r0"]
    assert [rating["id"] for rating in row["ratings"]] == ["rating/harmful", "rating/useful"]
    assert row["judgements"] == ["bad", "good"]
    assert {source["claim"] for source in row["sources"]} == {
        "recommendation/r0", "assessment/x0", "assessment/y0", "programme/p0",
    }  # fmt: skip


def test_what_is_recommended_for_no_place_exists_anywhere(alone: Callable[..., World]) -> None:
    (row,) = rows(alone(({}, {"places": "", "domains": ""}, True))).values()
    assert [found["id"] for found in row["existing"]] == ["programme/p0"]
    assert row["existing_count"] == 1


def test_an_actor_is_found_as_proposer_or_addressee_with_its_units(alone: Callable[..., World]) -> None:
    addressed: Case = ({}, {"proposer": "", "addressee": "unit"}, True)
    proposed: Case = ({}, {"proposer": "unit", "addressee": ""}, True)
    world = alone(addressed, proposed)
    both = {"recommendation/r0", "recommendation/r1"}
    assert {actor: set(rows(world, actor=[actor])) for actor in ("a", "unit", "b")} == {
        "a": both,
        "unit": both,
        "b": set(),
    }
