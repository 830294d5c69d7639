"""Figures: what is put together, what counts as contested, and what is never shown."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.small_counts import SmallCounts
from graph.tables.world import World

Write = Callable[..., Path]
SOURCES = [{"id": name, "name": name} for name in ("one", "two")]
DESCRIBED = {"source": "one", "prefix": ""}


def observed(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Observations with what every one needs; each may say otherwise."""
    plain = {"measure": "seizures", "unit": "kilogram", "place": "land", "description": "told"}
    numbered = [plain | {"id": f"o{number}"} | row for number, row in enumerate(rows)]
    places = [{"id": "land", "name": "Land"}, {"id": "other", "name": "Other"}]
    return {"places": places, "sources": SOURCES, "observations": numbered}


@pytest.fixture
def figures(library: Library, dataset: Write) -> Callable[..., list[dict[str, Any]]]:
    def answered(*rows: dict[str, Any], question: str = "figures", **given: list[str]) -> list[dict[str, Any]]:
        library.load(dataset(observed(*rows), **DESCRIBED))
        return ask(seen(library), question, given).rows

    return answered


def seen(library: Library) -> World:
    return library.world(frozenset(library.datasets()))


Reported = tuple[list[dict[str, Any]], float | None, float | None, list[str], bool]
REPORTED: list[Reported] = [
    ([{"value": 55}], 55, 55, ["55"], False),
    ([{"value": 0.5}], 0.5, 0.5, ["0.5"], False),
    ([{"value": 55}, {"value": 55}], 55, 55, ["55", "55"], False),
    ([{"value": 55}, {"value": 400}], 55, 400, ["55", "400"], True),
    ([{"value": 55}, {"low": 55, "high": 400}], 55, 400, ["55", "55–400"], True),
    ([{"low": 8, "high": 10}], 8, 10, ["8–10"], False),
    ([{"low": 8, "high": 10, "attributed_to": "source:one; source:two"}], 8, 10, ["8–10"], True),
    ([{"value": 9, "low": 8, "high": 10}], 8, 10, ["9 (8–10)"], False),
    ([{"low": 8000}], 8000, None, ["≥ 8000"], False),
    ([{"high": 90}], None, 90, ["≤ 90"], False),
    ([{"value": 900}, {"low": 900}], 900, 900, ["900", "≥ 900"], False),
    ([{"value": 800}, {"low": 900}], 800, 800, ["800", "≥ 900"], True),
]
DIFFERENT: list[dict[str, Any]] = [
    {"unit": "tonne"},
    {"measure": "production"},
    {"place": "other"},
    {"domain": "heroin"},
    {"target": "couriers"},
    {"starts": "2002", "ends": "2002"},
]


@pytest.fixture(scope="module")
def by_place(drawn: Callable[..., World]) -> dict[str, list[dict[str, Any]]]:
    """The figures of each case, which has places of its own: one<n> of REPORTED, two<n> of DIFFERENT."""
    rows = [report | {"place": f"one{n}"} for n, (reports, *_) in enumerate(REPORTED) for report in reports]
    for n, change in enumerate(DIFFERENT):
        moved = {"place": f"two{n}-{change['place']}"} if "place" in change else {}
        rows += [{"value": 55, "place": f"two{n}"}, {"value": 400, "place": f"two{n}"} | change | moved]
    sheets = observed(*rows)
    sheets["places"] = [{"id": place, "name": place} for place in dict.fromkeys(row["place"] for row in rows)]
    sheets["sources"] = [*SOURCES, {"id": "paper-drawn", "name": "Paper"}]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ask(drawn(sheets), "figures", limit=1000).rows:
        found[row["place"]["id"].removeprefix("place/").partition("-")[0]].append(row)
    return found


@pytest.mark.parametrize("number", range(len(REPORTED)))
def test_reports_of_one_thing_make_one_figure(by_place: dict[str, list[dict[str, Any]]], number: int) -> None:
    reports, low, high, shown, contested = REPORTED[number]
    (row,) = by_place[f"one{number}"]
    assert (row["low"], row["high"], row["shown"], row["contested"]) == (low, high, shown, contested)
    assert row["reports"] == len(reports) == len(row["sources"])


@pytest.mark.parametrize("number", range(len(DIFFERENT)), ids=[next(iter(change)) for change in DIFFERENT])
def test_what_differs_in_anything_else_is_another_figure(
    by_place: dict[str, list[dict[str, Any]]], number: int
) -> None:
    rows = by_place[f"two{number}"]
    assert len(rows) == 2
    assert not any(row["contested"] for row in rows)


def test_two_answers_of_one_survey_are_two_figures(figures: Callable[..., list[dict[str, Any]]]) -> None:
    survey = {"measure": "survey-share", "unit": "percent"}
    rows = figures(
        survey | {"value": 95, "description": "wish to leave"}, survey | {"value": 80, "description": "unaware"}
    )
    assert [row["contested"] for row in rows] == [False, False]


def test_a_contested_figure_is_taken_apart_again(figures: Callable[..., list[dict[str, Any]]]) -> None:
    rows = figures(
        {"value": 55, "source": "one"}, {"value": 400, "source": "two"}, {"value": 7, "place": "other"},
        question="contested-figures",
    )  # fmt: skip
    assert [(row["shown"], row["source"]["id"], row["low"], row["high"]) for row in rows] == [
        ("55", "source/one", 55, 400),
        ("400", "source/two", 55, 400),
    ]


@pytest.fixture
def kept_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Datasets are loaded as they once were: with small counts, which the questions still have to hide."""
    monkeypatch.setattr("graph.loading.small_counts", lambda tables: SmallCounts([]))


VICTIMS = {"measure": "victims", "unit": "person", "description": "seven women of one village"}


SMALL: list[tuple[dict[str, Any], str, float | None, float | None]] = [
    ({"value": 7}, "<10", None, None),
    ({"value": 0}, "<10", None, None),
    ({"value": 10}, "10", 10, 10),
    ({"low": 5, "high": 20}, "<10–20", None, 20),
    ({"low": 3, "high": 8}, "<10", None, None),
    ({"low": 4}, "<10 or more", None, None),
    ({"high": 6}, "<10", None, None),
    ({"value": 9, "low": 7, "high": 30}, "<10 (<10–30)", None, 30),
    ({"value": 7, "unit": "percent"}, "7", 7, 7),
    ({"value": 7, "measure": "participants"}, "7", 7, 7),
    ({"value": 7, "measure": "migrants", "target": "victims"}, "<10", None, None),
    ({"value": 7, "measure": "seizures", "unit": "kilogram"}, "7", 7, 7),
]


@pytest.mark.usefixtures("kept_before")
def test_a_small_count_of_victims_is_never_shown(library: Library, dataset: Write) -> None:
    sheets = observed(*(VICTIMS | report | {"place": f"land{n}"} for n, (report, *_) in enumerate(SMALL)))
    sheets["places"] = [{"id": f"land{n}", "name": "Land"} for n in range(len(SMALL))]
    library.load(dataset(sheets, **DESCRIBED))
    rows = {row["place"]["id"]: row for row in ask(seen(library), "figures").rows}
    assert len(rows) == len(SMALL)
    for n, (report, shown, low, high) in enumerate(SMALL):
        row = rows[f"place/land{n}"]
        assert (row["shown"], row["low"], row["high"]) == ([shown], low, high), report
        assert row["descriptions"] == ([] if "<10" in shown else [VICTIMS["description"]]), report


@pytest.mark.usefixtures("kept_before")
def test_a_small_count_stays_hidden_beside_a_large_one(figures: Callable[..., list[dict[str, Any]]]) -> None:
    both = (VICTIMS | {"value": 7}, VICTIMS | {"value": 40, "description": "forty"})
    (row,) = figures(*both)
    assert (row["shown"], row["low"], row["high"], row["contested"]) == (["<10", "40"], None, 40, True)
    assert row["descriptions"] == []
    rows = figures(*both, question="contested-figures")
    assert [(row["shown"], row["description"]) for row in rows] == [("40", "forty"), ("<10", None)]
    assert "seven" not in str(rows)
