"""Recommendations: which programmes exist already, and how each was judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask

PLAIN = {"id": "p", "name": "P", "status": "active", "places": "land", "domains": "drugs", "responses": "interdiction"}
ASKED = {"id": "r", "name": "R", "places": "land", "domains": "drugs", "responses": "interdiction", "proposer": "a"}


@pytest.fixture
def recommended(library: Library, dataset: Callable[..., Path]) -> Callable[..., list[dict[str, Any]]]:
    def answered(programme: dict[str, Any], recommendation: dict[str, Any], **given: list[str]) -> list[dict[str, Any]]:
        sheets = {
            "sources": [{"id": "s", "name": "S"}],
            "places": [
                {"id": "region", "class": "Region", "name": "Region"},
                {"id": "land", "class": "Country", "name": "Land", "within": "region"},
                {"id": "far", "class": "Country", "name": "Far"},
            ],
            "actors": [
                {"id": "a", "class": "Organisation", "name": "A"},
                {"id": "unit", "class": "Unit", "name": "Unit", "part_of": "a"},
                {"id": "b", "class": "Organisation", "name": "B"},
            ],
            "programmes": [PLAIN | programme, {"id": "seminar", "name": "Seminar", "responses": "interdiction"}],
            "recommendations": [ASKED | recommendation],
            "assessments": [
                {"about": "recommendation:r", "rating": "useful", "description": "good"} | {"id": "x"},
                {"about": "recommendation:r; programme:p", "rating": "harmful", "description": "bad"} | {"id": "y"},
            ],
        }
        library.load(dataset(sheets, prefix="", source="s"))
        return ask(library.world(frozenset(library.datasets())), "recommendations", given).rows

    return answered


@pytest.mark.parametrize(
    ("programme", "recommendation", "exists"),
    [
        ({}, {}, True),
        ({"domains": "heroin"}, {}, True),
        ({"domains": "drugs"}, {"domains": "heroin"}, True),
        ({"places": "region"}, {}, True),
        ({"places": "land"}, {"places": "region"}, True),
        ({"responses": "interdiction; training"}, {"responses": "prosecution"}, True),
        ({}, {"places": "", "domains": ""}, True),
        ({"status": "ended"}, {}, True),
        ({"domains": "arms"}, {}, False),
        ({"places": "far"}, {}, False),
        ({"places": ""}, {}, False),
        ({"responses": "training"}, {}, False),
        ({"status": "proposed"}, {}, False),
        ({"status": "refused"}, {}, False),
        ({}, {"responses": ""}, False),
    ],
)
def test_what_exists_already(
    recommended: Callable[..., list[dict[str, Any]]],
    programme: dict[str, Any],
    recommendation: dict[str, Any],
    exists: bool,
) -> None:
    (row,) = recommended(programme, {"made_at": "seminar"} | recommendation)
    assert [found["id"] for found in row["existing"]] == (["programme/p"] if exists else [])
    assert row["existing_count"] == exists


def test_every_judgement_stands_and_is_a_source(recommended: Callable[..., list[dict[str, Any]]]) -> None:
    (row,) = recommended({}, {})
    assert [rating["id"] for rating in row["ratings"]] == ["rating/harmful", "rating/useful"]
    assert row["judgements"] == ["bad", "good"]
    assert {source["claim"] for source in row["sources"]} == {
        "recommendation/r", "assessment/x", "assessment/y", "programme/p",
    }  # fmt: skip


@pytest.mark.parametrize(("actor", "found"), [("a", 1), ("unit", 1), ("b", 0)])
def test_an_actor_is_found_as_proposer_or_addressee_with_its_units(
    recommended: Callable[..., list[dict[str, Any]]], actor: str, found: int
) -> None:
    assert len(recommended({}, {"proposer": "", "addressee": "unit"}, actor=[actor])) == found
    assert len(recommended({}, {"proposer": "unit", "addressee": ""}, actor=[actor])) == found
