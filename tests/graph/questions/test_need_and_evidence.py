"""What weighs a gap, and what makes evidence poor: every term counted by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask

Sheets = dict[str, list[dict[str, Any]]]
PLACES = [
    {"id": "region", "class": "Region", "name": "Region"},
    {"id": "land", "class": "Country", "name": "Land", "within": "region"},
    {"id": "town", "class": "City", "name": "Town", "within": "land"},
    {"id": "far", "class": "Country", "name": "Far"},
]
SOURCES = [
    {"id": "old", "name": "Old", "issued": "1998"},
    {"id": "new", "name": "New", "issued": "2003-05"},
    {"id": "relayed", "name": "Relayed"},
]
FLOW: Sheets = {
    "flows": [{"id": "f", "class": "DrugsFlow", "name": "F", "domains": "heroin"}],
    "legs": [{"flow": "f", "place": "land", "role": "transit"}],
}


@pytest.fixture
def answer(library: Library, dataset: Callable[..., Path]) -> Callable[..., list[dict[str, Any]]]:
    def answered(question: str, sheets: Sheets, **given: list[str]) -> list[dict[str, Any]]:
        library.load(dataset({"places": PLACES, "sources": SOURCES} | sheets, prefix="", source="new"))
        return ask(library.world(frozenset(library.datasets())), question, given, limit=1000).rows

    return answered


SEEN = {"measure": "seizures", "unit": "kilogram", "value": 1, "description": "seen"}


def claims_of(row: dict[str, Any], kind: str) -> set[str]:
    return {source["claim"] for source in row["sources"] if source["claim"].startswith(f"{kind}/")}


def test_which_figures_press(answer: Callable[..., list[dict[str, Any]]]) -> None:
    observations = {
        "here": {"place": "land", "domain": "drugs"},
        "in-a-part": {"place": "town", "domain": "opium"},
        "around": {"place": "region", "domain": "drugs"},
        "elsewhere": {"place": "far", "domain": "drugs"},
        "of-something-else": {"place": "land", "domain": "arms"},
        "of-the-flow": {"about": "flow:f"},
        "of-the-flow-elsewhere": {"about": "flow:f", "place": "far", "domain": "drugs"},
        "of-money": {"place": "land", "domain": "drugs", "measure": "funding", "unit": "us-dollar"},
    }
    rows = answer("gaps", FLOW | {"observations": [{"id": id_} | SEEN | row for id_, row in observations.items()]})
    pressing = {"observation/here", "observation/in-a-part", "observation/of-the-flow"}
    assert rows[0]["figures"] == len(pressing)
    assert claims_of(rows[0], "observation") == pressing


def test_which_drivers_press(answer: Callable[..., list[dict[str, Any]]]) -> None:
    influences = {
        "here": {"places": "land", "domains": "drugs"},
        "in-a-part": {"places": "town", "domains": "heroin"},
        "around": {"places": "region", "domains": "drugs"},
        "elsewhere": {"places": "far", "domains": "drugs"},
        "of-something-else": {"places": "land", "domains": "arms"},
        "of-the-flow": {"flows": "f"},
        "of-the-flow-elsewhere": {"flows": "f", "places": "far", "domains": "drugs"},
    }
    drivers = ["poverty", "unemployment", "conflict", "corruption", "bribery", "demand", "secrecy"]
    told = [
        {"id": id_, "driver": driver, "description": id_} | row
        for driver, (id_, row) in zip(drivers, influences.items(), strict=True)
    ]
    row = answer("gaps", FLOW | {"influences": told})[0]
    assert claims_of(row, "influence") == {f"influence/{id_}" for id_ in ("here", "in-a-part", "around", "of-the-flow")}
    assert len(row["drivers"]) == 4


def test_pressure_counts_and_never_adds_up_what_differs(answer: Callable[..., list[dict[str, Any]]]) -> None:
    sheets = FLOW | {
        "observations": [
            {"id": "a"} | SEEN | {"place": "land", "domain": "drugs", "value": 1_000_000},
            {"id": "b"}
            | SEEN
            | {"place": "land", "domain": "drugs", "measure": "drug-use", "unit": "person", "value": 3},
        ],
        "influences": [
            {"id": "i", "driver": "poverty", "places": "land", "domains": "drugs", "description": "d"},
            {"id": "j", "driver": "poverty", "places": "region", "domains": "heroin", "description": "e"},
        ],
    }
    row = answer("gaps", sheets, response=["interdiction"])[0]
    assert (len(row["flows"]), row["figures"], len(row["drivers"])) == (1, 2, 1)
    assert row["pressure"] == pytest.approx(1 + (1 / 2 + 2 / 3 + 1 / 2) / 3, abs=5e-4)
    assert row["need"] == pytest.approx(row["weight"] * row["pressure"], abs=2e-3)


def said(id: str, class_: str, place: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "class": class_, "places": place, "domains": "heroin", "description": id} | more


def test_the_terms_of_an_evidence_gap(answer: Callable[..., list[dict[str, Any]]]) -> None:
    sheets = FLOW | {
        "legs": [{"flow": "f", "place": "land", "role": "transit", "source": "old"}],
        "statements": [
            said("unknown", "KnowledgeGap", "land", source="old", attributed_to="source:relayed"),
            said("unknown-in-town", "KnowledgeGap", "town", source="old"),
            said("unknown-in-region", "KnowledgeGap", "region", source="old"),
            said("denied", "Denial", "land", source="old"),
            said("elsewhere", "Finding", "far"),
        ],
    }
    rows = {row["place"]["id"]: row for row in answer("evidence-gaps", sheets)}
    row = rows["place/land"]
    age = row["age"]
    assert row["domain"]["id"] == "domain/drugs"
    assert [source["id"] for source in row["documents"]] == ["source/old", "source/relayed"]
    assert (row["claim_count"], row["latest"], round(age, 1)) == (4, "1998-01-01", 5.3)
    assert row["knowledge_gaps"] == ["unknown", "unknown-in-town"]
    assert (row["regional_gaps"], row["denials"]) == (["unknown-in-region"], ["denied"])
    assert (row["few"], row["admitted"]) == (0.5, 0.667)
    assert row["old"] == pytest.approx(age / (age + 5), abs=5e-3)
    assert row["score"] == pytest.approx((row["few"] + row["old"] + row["admitted"]) / 3, abs=1e-3)
    assert rows["place/far"]["old"] == 0


def test_evidence_is_that_of_the_day_asked_for(answer: Callable[..., list[dict[str, Any]]]) -> None:
    sheets = {
        "statements": [said("early", "Finding", "land", source="old"), said("late", "Finding", "land", source="new")]
    }
    row = answer("evidence-gaps", sheets, on=["2003-01-01"])[0]
    assert (row["claim_count"], row["latest"], row["age"]) == (1, "1998-01-01", 5.0)


def test_a_statement_without_a_domain_is_about_each_and_makes_no_row(
    answer: Callable[..., list[dict[str, Any]]],
) -> None:
    sheets = FLOW | {"statements": [said("unknown", "KnowledgeGap", "land", domains="")]}
    rows = answer("evidence-gaps", sheets)
    assert [(row["domain"]["id"], row["knowledge_gaps"]) for row in rows] == [("domain/drugs", ["unknown"])]
