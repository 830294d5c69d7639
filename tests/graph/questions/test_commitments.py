"""Commitments: how a State stands to a treaty on a day, against the plain rule."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.world import World

JOINED = date(1995, 1, 1)
ADOPTED = date(2000, 11, 15)
ACTS: dict[str, list[tuple[str, str]]] = {
    "state-signed": [("signature", "2000-12-12")],
    "state-ratified": [("signature", "2000-12-12"), ("ratification", "2003-05-14")],
    "state-acceded": [("accession", "2005-03-28")],
    "state-at-once": [("definitive-signature", "2001-01-01")],
    "state-nothing": [],
}


@pytest.fixture
def treaties(library: Library, dataset: Callable[..., Path]) -> World:
    states = [*ACTS, "state-outside", "state-stranger"]
    sheets: dict[str, list[dict[str, Any]]] = {
        "sources": [{"id": "s", "name": "S"}],
        "places": [{"id": f"place-{state}", "name": state} for state in states],
        "actors": [
            {"id": "osce", "class": "InternationalOrganisation", "name": "OSCE"},
            *({"id": state, "class": "State", "name": state, "state": f"place-{state}"} for state in states),
        ],
        "ties": [{"actor": s, "kind": "member-of", "other": "osce", "starts": JOINED.isoformat()} for s in ACTS],
        "instruments": [
            {"id": "protocol", "class": "Protocol", "name": "Protocol", "adopted": ADOPTED.isoformat()},
            {"id": "unnamed", "class": "Treaty", "name": "Conventions that nobody names"},
            {"id": "declaration", "class": "Declaration", "name": "Declaration"},
        ],
        "commitments": [
            {"state": state, "instrument": "protocol", "action": action, "on": on}
            for state, acts in (ACTS | {"state-outside": [("accession", "2001-01-01")]}).items()
            for action, on in acts
        ],
    }
    library.load(dataset(sheets, prefix="", source="s"))
    return library.world(frozenset(library.datasets()))


def plain(state: str, on: date | None) -> str:
    acts = {action for action, day in ACTS[state] if on is None or date.fromisoformat(day) <= on}
    if acts - {"signature"}:
        return "party"
    return "signed only" if acts else "no record"


@pytest.mark.parametrize(
    "on",
    [None, *(date.fromisoformat(d) for d in ("2000-11-15", "2000-12-12", "2003-05-13", "2003-05-14", "2010-01-01"))],
)
def test_every_member_has_a_row_that_tells_how_it_stood(treaties: World, on: date | None) -> None:
    rows = ask(treaties, "commitments", {"on": [on.isoformat()]} if on else {}).rows
    found = {row["state"]["id"]: row["status"] for row in rows if row["state"]["id"] != "actor/state-outside"}
    assert found == {f"actor/{state}": plain(state, on) for state in ACTS}
    assert {row["instrument"]["id"] for row in rows} == {"instrument/protocol"}
    assert all(row["sources"] for row in rows)


def test_of_other_states_only_the_acts_are_told(treaties: World) -> None:
    def found(on: str) -> list[str]:
        rows = ask(treaties, "commitments", {"actor": ["state-outside"], "on": [on]}).rows
        return [row["status"] for row in rows]

    assert (found("2000-12-31"), found("2001-01-01")) == ([], ["party"])
    assert ask(treaties, "commitments", {"actor": ["state-stranger"]}).rows == []


@pytest.mark.parametrize("on", ["1990-01-01", "2000-11-14"])
def test_before_membership_or_adoption_there_is_nothing_to_tell(treaties: World, on: str) -> None:
    assert ask(treaties, "commitments", {"on": [on]}).rows == []


def test_the_day_of_signing_and_the_day_of_being_bound(treaties: World) -> None:
    rows = {row["state"]["id"]: row for row in ask(treaties, "commitments").rows}
    row = rows["actor/state-ratified"]
    assert (row["signed_on"], row["action"]["id"], row["bound_on"]) == (
        "2000-12-12",
        "action/ratification",
        "2003-05-14",
    )
    assert rows["actor/state-at-once"]["signed_on"] == rows["actor/state-at-once"]["bound_on"] == "2001-01-01"
    assert rows["actor/state-nothing"]["place"]["id"] == "place/place-state-nothing"
