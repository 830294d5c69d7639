"""The matrix for every choice of its two sides, against counting in plain Python."""

import random
from collections import defaultdict
from itertools import product
from typing import Any

import pytest

SIDES = ("actor", "place", "domain", "response", "target", "role", "status")
PLACES = [
    {"id": "zone", "name": "Zone", "class": "Region"},
    {"id": "here", "name": "Here", "class": "Country", "within": "zone"},
    {"id": "there", "name": "There", "class": "Country", "within": "zone"},
    {"id": "north", "name": "North", "class": "AdministrativeDivision", "within": "here"},
    {"id": "border", "name": "Border", "class": "Area", "within": "here;there"},
]
COUNTRIES = {"here": ["here"], "there": ["there"], "north": ["here"], "border": ["here", "there"], "zone": ["zone"]}
ACTORS = [{"id": name, "name": name, "class": "Organisation"} for name in ("a", "b", "c")]


def sheets() -> dict[str, list[dict[str, str]]]:
    draw = random.Random(3)
    programmes, parts = [], {}
    for number in range(30):
        programmes.append(
            {
                "id": f"p{number}",
                "name": "x",
                "status": draw.choice(["active", "active", "proposed", "refused", "cancelled", "ended", ""]),
                "places": ";".join(draw.sample(list(COUNTRIES), draw.randint(0, 2))),
                "domains": ";".join(draw.sample(["drugs", "arms"], draw.randint(0, 2))),
                "responses": ";".join(draw.sample(["training", "awareness"], draw.randint(0, 2))),
                "targets": draw.choice(["", "police", "police;victims"]),
            }
        )
        for _ in range(draw.randint(0, 3)):
            key = (draw.choice("abc"), f"p{number}", draw.choice(["implementing", "funding"]))
            parts[key] = dict(zip(("actor", "programme", "role"), key, strict=True))
    return {"places": PLACES, "actors": ACTORS, "programmes": programmes, "participations": [*parts.values()]}


def counted(
    given: dict[str, list[dict[str, str]]], down: str, across: str, level: str
) -> dict[Any, tuple[int, int, int]]:
    cells = defaultdict(lambda: (set(), set(), set()))
    for row in given["programmes"]:
        if row["status"] in ("refused", "cancelled"):
            continue
        places = row["places"].split(";")
        if level == "country":
            places = [country for place in places for country in COUNTRIES.get(place, [""])]
        parts = [p for p in given["participations"] if p["programme"] == row["id"]] or [{"actor": "", "role": ""}]
        for part in parts:
            sides = {
                "actor": [part["actor"]],
                "role": [part["role"]],
                "status": [row["status"]],
                "place": places,
                "domain": row["domains"].split(";"),
                "response": row["responses"].split(";"),
                "target": row["targets"].split(";"),
            }
            pairs = product(sides[down], sides[across]) if down != across else ((x, x) for x in sides[down])
            for cell in pairs:
                running, proposed, actors = cells[cell[0] or None, cell[1] or None]
                (proposed if row["status"] == "proposed" else running).add(row["id"])
                actors |= {part["actor"]} - {""}
    return {cell: tuple(map(len, sets)) for cell, sets in cells.items()}


@pytest.mark.parametrize("level", ["recorded", "country"])
def test_every_choice_of_sides_is_counted_as_by_hand(level: str, drawn: Any, rows: Any) -> None:
    given = sheets()
    world = drawn(given)
    for down, across in product(SIDES, SIDES):
        found = rows(world, "presence-matrix", rows=down, columns=across, level=level)
        told = {(row["down"], row["across"]): (row["programmes"], row["proposed"], row["actors"]) for row in found}
        assert len(told) == len(found)
        assert told == counted(given, down, across, level), (down, across)
        assert all(row["sources"] for row in found)


def test_the_two_sides_can_be_turned(drawn: Any, rows: Any) -> None:
    world = drawn(sheets())
    one = {
        (r["down"], r["across"], r["programmes"])
        for r in rows(world, "presence-matrix", rows="actor", columns="target")
    }
    two = {
        (r["across"], r["down"], r["programmes"])
        for r in rows(world, "presence-matrix", rows="target", columns="actor")
    }
    assert one == two
