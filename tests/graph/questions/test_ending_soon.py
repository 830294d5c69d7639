"""Ending soon: which cells end, what is a stated end and what only the last sight."""

from typing import Any

import pytest

PLACES = [{"id": "here", "name": "Here", "class": "Country"}]
ACTORS = [{"id": "a", "name": "A", "class": "Organisation"}, {"id": "b", "name": "B", "class": "Organisation"}]


def sheets(*programmes: dict[str, str], **periods: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Programmes of actor `a`; `periods` are of its participation in the programme of that name."""
    return {
        "places": PLACES,
        "actors": ACTORS,
        "programmes": [
            {"name": "x", "places": "here", "domains": "drugs", "status": "active"} | row for row in programmes
        ],
        "participations": [
            {"actor": "a", "programme": row["id"], "role": "implementing"} | periods.get(row["id"], {})
            for row in programmes
        ],
    }


LONG = {"id": "long", "responses": "training", "starts": "2001-01-01", "ends": "2003-03-31"}
SHORT = {"id": "short", "responses": "training", "starts": "2001-01-01", "ends": "2002-06-30"}
LATE = {"id": "late", "responses": "interdiction", "starts": "2001-01-01", "ends": "2009-12-31"}
SEEN = {"id": "seen", "responses": "awareness", "active_on": "2002-05-14"}


def test_a_cell_ends_with_its_last_presence(drawn: Any, rows: Any) -> None:
    (row,) = rows(drawn(sheets(LONG, SHORT, LATE)), "ending-soon", as_of="2002-04-01")
    assert (row["response"], row["last_end"], row["programmes"]) == ("training", "2003-03-31", ["long"])
    assert (row["planned"], row["undated"], row["as_of"]) == (True, 0, "2002-04-01")
    assert "programme/short" in row["sources"]


@pytest.mark.parametrize(("as_of", "months", "found"), [
    ("2002-03-30", "12", 0),
    ("2002-03-31", "12", 1),
    ("2003-03-31", "0", 1),
    ("2003-04-01", "12", 0),
    ("2003-03-30", "0", 0),
])  # fmt: skip
def test_both_ends_of_the_time_ahead_belong_to_it(as_of: str, months: str, found: int, drawn: Any, rows: Any) -> None:
    world = drawn(sheets(LONG))
    assert len(rows(world, "ending-soon", as_of=as_of, months=months)) == found


def test_an_end_that_is_only_the_last_sight_is_told_and_comes_last(drawn: Any, rows: Any) -> None:
    world = drawn(sheets(SEEN, LONG))
    found = rows(world, "ending-soon", as_of="2002-05-01")
    assert [(row["response"], row["planned"]) for row in found] == [("training", True), ("awareness", False)]
    assert [row["response"] for row in rows(world, "ending-soon", as_of="2002-05-01", ends="planned")] == ["training"]


def test_without_a_day_it_is_the_latest_on_which_the_data_see_anything(drawn: Any, rows: Any) -> None:
    assert {row["as_of"] for row in rows(drawn(sheets(SEEN, LONG)), "ending-soon")} == {"2002-05-14"}
    assert {row["as_of"] for row in rows(drawn(sheets(LONG)), "ending-soon", months="120")} == {"2001-01-01"}


def test_the_period_of_a_participation_goes_before_that_of_its_programme(drawn: Any, rows: Any) -> None:
    world = drawn(sheets(LATE, late={"starts": "2001-01-01", "ends": "2002-12-31"}))
    (row,) = rows(world, "ending-soon", as_of="2002-04-01")
    assert (row["last_end"], row["planned"]) == ("2002-12-31", True)


def test_what_has_no_date_is_counted_and_what_does_not_run_is_not(drawn: Any, rows: Any) -> None:
    undated = {"id": "undated", "responses": "training"}
    idle = [
        LATE | {"id": f"no-{status}", "responses": "training", "status": status}
        for status in ("proposed", "refused", "cancelled", "ended")
    ]
    (row,) = rows(drawn(sheets(LONG, undated, *idle)), "ending-soon", as_of="2003-01-01")
    assert (row["last_end"], row["undated"], row["programmes"]) == ("2003-03-31", 1, ["long"])


def test_what_begins_later_does_not_keep_a_cell_alive(drawn: Any, rows: Any) -> None:
    later = LATE | {"id": "later", "responses": "training", "starts": "2004-01-01"}
    world = drawn(sheets(LONG, later))
    assert [row["last_end"] for row in rows(world, "ending-soon", as_of="2003-01-01")] == ["2003-03-31"]
    assert rows(world, "ending-soon", as_of="2004-01-01") == []


def test_a_start_alone_is_no_end(drawn: Any, rows: Any) -> None:
    begun = {"id": "begun", "responses": "training", "starts": "2002-04"}
    (row,) = rows(drawn(sheets(begun)), "ending-soon", as_of="2002-04-01")
    assert (row["last_end"], row["planned"]) == ("2002-04-30", False)
