"""Where domains meet: what counts as meeting, and who is said to carry or to respond."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask


@pytest.fixture
def meeting(library: Library, dataset: Callable[..., Path]) -> Callable[..., list[dict[str, Any]]]:
    def answered(second: str, programmes: list[dict[str, Any]], **given: list[str]) -> list[dict[str, Any]]:
        class_ = "DrugsFlow" if second == "opium" else "ArmsFlow"
        sheets = {
            "sources": [{"id": "s", "name": "S"}],
            "places": [{"id": name, "class": "Country", "name": name} for name in ("here", "there", "off")],
            "actors": [{"id": name, "class": "Group", "name": name} for name in ("gang", "agency")],
            "flows": [
                {"id": "f", "class": "DrugsFlow", "name": "F", "domains": "heroin", "actors": "gang"},
                {"id": "g", "class": class_, "name": "G", "domains": second, "actors": "gang"},
            ],
            "legs": [
                {"flow": "f", "place": "here", "role": "origin", "next": "there"},
                {"flow": "g", "place": "there", "role": "origin", "next": "here"},
                {"flow": "g", "place": "here", "role": "destination"},
            ],
            "programmes": [{"id": f"p{n}", "name": "P"} | row for n, row in enumerate(programmes)],
            "participations": [
                {"actor": "agency", "programme": f"p{n}", "role": "implementing"} for n in range(len(programmes))
            ],
            "statements": [
                {"id": "c", "class": "Caution", "domains": "drugs; arms", "description": "beware"},
                {"id": "n", "class": "Caution", "domains": "drugs; persons", "description": "not of these"},
                {"id": "h", "class": "Finding", "places": "here", "domains": "heroin; arms", "description": "found"},
                {"id": "o", "class": "Finding", "places": "off", "domains": "heroin; arms", "description": "elsewhere"},
            ],
        }
        sheets = {sheet: rows for sheet, rows in sheets.items() if rows}
        library.load(dataset(sheets, prefix="", source="s"))
        return ask(library.world(frozenset(library.datasets())), "cross-domain", given).rows

    return answered


def test_two_directions_of_one_exchange_meet_on_the_leg(meeting: Callable[..., list[dict[str, Any]]]) -> None:
    (row,) = meeting("small-arms", [], kind=["leg"])
    assert (row["subject"]["id"], row["other"]["id"]) == ("place/here", "place/there")
    assert [domain["id"] for domain in row["domains"]] == ["domain/arms", "domain/drugs"]
    assert (row["cautions"], row["statements"]) == (["beware"], ["found"])


def test_a_place_meets_where_flows_of_two_domains_have_legs(meeting: Callable[..., list[dict[str, Any]]]) -> None:
    rows = meeting("small-arms", [], kind=["place"])
    assert [row["subject"]["id"] for row in rows] == ["place/here"]


def test_narrower_domains_of_one_kind_do_not_meet(meeting: Callable[..., list[dict[str, Any]]]) -> None:
    assert meeting("opium", []) == []


@pytest.mark.parametrize(("status", "meets"), [("active", True), ("", True), ("proposed", False), ("refused", False)])
def test_an_actor_that_responds_is_told_from_one_that_carries(
    meeting: Callable[..., list[dict[str, Any]]], status: str, meets: bool
) -> None:
    rows = meeting("small-arms", [{"domains": "drugs"}, {"domains": "arms", "status": status}], kind=["actor"])
    sides = {row["subject"]["id"]: (row["carries"], row["responds"]) for row in rows}
    assert sides == {"actor/gang": (True, False)} | ({"actor/agency": (False, True)} if meets else {})
