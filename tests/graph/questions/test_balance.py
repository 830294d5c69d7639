"""Supply and demand: on which side a programme counts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask

PLACES = [
    {"id": "world", "class": "Region", "name": "World"},
    {"id": "south", "class": "Region", "name": "South", "within": "world"},
    {"id": "source", "class": "Country", "name": "Source", "within": "south"},
    {"id": "village", "class": "City", "name": "Village", "within": "source"},
    {"id": "market", "class": "Country", "name": "Market", "within": "world"},
    {"id": "nowhere", "class": "Country", "name": "Nowhere"},
]


@pytest.fixture
def balance(library: Library, dataset: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    def answered(*programmes: dict[str, Any], **given: list[str]) -> dict[str, Any]:
        numbered = [{"id": f"p{n}", "name": "P", "domains": "drugs"} | row for n, row in enumerate(programmes)]
        sheets = {
            "places": PLACES,
            "sources": [{"id": "s", "name": "S"}],
            "flows": [{"id": "f", "class": "DrugsFlow", "name": "F", "domains": "heroin"}],
            "legs": [
                {"flow": "f", "place": "source", "role": "origin", "next": "market"},
                {"flow": "f", "place": "south", "role": "transit"},
                {"flow": "f", "place": "market", "role": "destination"},
            ],
            "actors": [{"id": "a", "class": "Organisation", "name": "A"}],
            "programmes": numbered,
            "participations": [{"actor": "a", "programme": row["id"], "role": "implementing"} for row in numbered],
        }
        library.load(dataset(sheets, prefix="", source="s"))
        (row,) = ask(library.world(frozenset(library.datasets())), "supply-demand-balance", given).rows
        return row

    return answered


@pytest.mark.parametrize(
    ("place", "sides"),
    [
        ("source", (1, 0, 0)),
        ("village", (1, 0, 0)),
        ("south", (0, 1, 0)),
        ("market", (0, 0, 1)),
        ("world", (1, 1, 1)),
        ("nowhere", (0, 0, 0)),
    ],
)
def test_a_programme_counts_for_the_nearest_place_of_a_flow(
    balance: Callable[..., dict[str, Any]], place: str, sides: tuple[int, int, int]
) -> None:
    row = balance({"places": place, "status": "active"})
    assert tuple(row[f"{side}_programmes"] for side in ("origin", "transit", "destination")) == sides
    assert tuple(row[f"{side}_actors"] for side in ("origin", "transit", "destination")) == sides
    assert row["shared"] == (1 if place == "world" else 0)


def test_the_ratio_is_destination_for_one_origin(balance: Callable[..., dict[str, Any]]) -> None:
    row = balance({"places": "source"}, {"places": "source"}, {"places": "market"})
    assert (row["origin_programmes"], row["destination_programmes"], row["ratio"]) == (2, 1, 0.5)
    assert row["destination_without"] == []
    alone = balance({"places": "market"})
    assert alone["ratio"] is None


def test_what_does_not_run_does_not_count(balance: Callable[..., dict[str, Any]]) -> None:
    statuses = ("proposed", "refused", "cancelled", "suspended", "ended")
    row = balance(*({"places": "market", "status": status} for status in statuses))
    assert row["destination_programmes"] == 0
    assert [place["id"] for place in row["destination_without"]] == ["place/market"]


@pytest.mark.parametrize(("day", "counted"), [("2002-06-01", 1), ("2003-06-01", 0)])
def test_what_ended_counts_on_a_day_when_it_ran(balance: Callable[..., dict[str, Any]], day: str, counted: int) -> None:
    ran = {"places": "market", "status": "ended", "starts": "2001", "ends": "2002"}
    assert balance(ran, on=[day])["destination_programmes"] == counted
