"""Fragmentation against shares that were added up by hand, and against plain Python over a drawn world."""

import random
from collections import defaultdict
from math import log
from typing import Any

import pytest

COUNTRIES = ["here", "there"]
PLACES = [
    {"id": "zone", "name": "Zone", "class": "Region"},
    {"id": "here", "name": "Here", "class": "Country", "within": "zone"},
    {"id": "there", "name": "There", "class": "Country", "within": "zone"},
    {"id": "north", "name": "North", "class": "AdministrativeDivision", "within": "here"},
    {"id": "south", "name": "South", "class": "AdministrativeDivision", "within": "here"},
]
ACTORS = [{"id": name, "name": name.upper(), "class": "Organisation"} for name in ("a", "b", "c", "d")]


def programme(name: str, leads: str, places: str = "here", domains: str = "drugs", **more: str) -> dict[str, str]:
    return {"id": name, "name": name, "places": places, "domains": domains, "_leads": leads} | more


def sheets(*programmes: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    parts = [
        {"actor": lead, "programme": row["id"], "role": "implementing"} for row in programmes for lead in row["_leads"]
    ]
    stated = [{k: v for k, v in row.items() if k != "_leads"} for row in programmes]
    return {"places": PLACES, "actors": ACTORS, "programmes": stated, "participations": parts}


def test_shares_are_counted_in_programmes(drawn: Any, rows: Any) -> None:
    world = drawn(sheets(programme("p1", "a"), programme("p2", "a"), programme("p3", "b"), programme("p4", "c")))
    (row,) = rows(world, "fragmentation")
    assert (row["place"], row["domain"], row["actors"], row["programmes"]) == ("here", "drugs", 3, 4)
    assert (row["share_by"], row["largest"], row["largest_share"]) == ("programmes", ["a"], 0.5)
    # Shares 1/2, 1/4, 1/4: 0.25 + 0.0625 + 0.0625 = 0.375, and 0.5 ln 1.5 + 0.5 ln 0.75 = 0.05889.
    assert (row["hhi"], row["fragmentation"], row["effective_actors"]) == (0.375, 0.625, 2.6667)
    assert row["theil"] == pytest.approx(0.0589)
    assert set(row["sources"]) >= {f"programme/p{n}" for n in range(1, 5)}


def test_shares_are_counted_in_budget_where_every_programme_has_one(drawn: Any, rows: Any) -> None:
    money = {"currency": "EUR"}
    world = drawn(
        sheets(
            programme("p1", "a", budget="60", **money),
            programme("p2", "b", places="here;there", budget="40", **money),  # 20 in each place
        )
    )
    (row,) = rows(world, "fragmentation")
    # Shares 3/4 and 1/4: 0.5625 + 0.0625 = 0.625, and 0.75 ln 1.5 + 0.25 ln 0.5 = 0.13081.
    assert (row["share_by"], row["largest"], row["largest_share"], row["hhi"]) == ("budget", ["a"], 0.75, 0.625)
    assert row["theil"] == pytest.approx(0.1308)


@pytest.mark.parametrize("other", [{"budget": "40", "currency": "USD"}, {}])
def test_a_budget_that_cannot_be_compared_makes_it_programmes(other: dict[str, str], drawn: Any, rows: Any) -> None:
    world = drawn(sheets(programme("p1", "a", budget="60", currency="EUR"), programme("p2", "b", **other)))
    (row,) = rows(world, "fragmentation")
    assert (row["share_by"], row["hhi"], row["theil"], row["largest"]) == ("programmes", 0.5, 0.0, ["a", "b"])


def test_leads_of_one_programme_share_it(drawn: Any, rows: Any) -> None:
    (row,) = rows(drawn(sheets(programme("p1", "ab"), programme("p2", "a"))), "fragmentation")
    assert (row["actors"], row["largest_share"], row["hhi"]) == (2, 0.75, 0.625)


def test_what_does_not_run_or_is_a_part_is_not_counted_again(drawn: Any, rows: Any) -> None:
    world = drawn(
        sheets(
            programme("p1", "a"),
            programme("p2", "b"),
            programme("part", "b", parent="p2"),
            programme("other-lead", "c", parent="p2"),  # a part of another lead is work of its own
            programme("proposed", "d", status="proposed"),
            programme("refused", "d", status="refused"),
            programme("meeting", "d", **{"class": "Meeting"}),
        )
    )
    (row,) = rows(world, "fragmentation")
    assert (row["leads"], row["programmes"], row["hhi"]) == (["a", "b", "c"], 3, 0.3333)


def test_one_actor_alone_is_no_fragmentation(drawn: Any, rows: Any) -> None:
    assert rows(drawn(sheets(programme("p1", "a"), programme("p2", "a"))), "fragmentation") == []


def test_places_roll_up_to_the_country_once(drawn: Any, rows: Any) -> None:
    world = drawn(
        sheets(programme("p1", "a", places="north;south"), programme("p2", "b"), programme("p3", "c", places="zone"))
    )
    assert rows(world, "fragmentation") == []
    (row,) = rows(world, "fragmentation", level="country")
    assert (row["place"], row["leads"], row["programmes"], row["hhi"]) == ("here", ["a", "b"], 2, 0.5)


def test_the_place_and_actor_asked_for_pick_cells_and_leave_the_shares(drawn: Any, rows: Any) -> None:
    world = drawn(sheets(programme("p1", "a"), programme("p2", "b"), programme("p3", "c", places="there")))
    (row,) = rows(world, "fragmentation", place="zone", actor="a")
    assert (row["leads"], row["hhi"], row["reach"]) == (["a", "b"], 0.5, "within")
    assert rows(world, "fragmentation", actor="c") == []


def test_a_drawn_world_is_added_up_in_plain_python(drawn: Any, rows: Any) -> None:
    draw = random.Random(16)
    programmes = []
    for number in range(60):
        budget = {"budget": str(draw.randint(1, 9)), "currency": "EUR"} if draw.random() < 0.85 else {}
        places = ";".join(draw.sample(["zone", "here", "there", "north"], draw.randint(1, 2)))
        domains = ";".join(draw.sample(["drugs", "arms", "persons", "heroin", "opium"], draw.randint(1, 2)))
        leads = "".join(draw.sample("abcd", draw.randint(1, 2)))
        programmes.append(programme(f"p{number}", leads, places, domains, **budget))
    cells = defaultdict(list)
    for row in programmes:
        for place in row["places"].split(";"):
            for domain in row["domains"].split(";"):
                cells[place, domain].append(row)
    found = {(row["place"], row["domain"]): row for row in rows(drawn(sheets(*programmes)), "fragmentation")}
    kinds = set()
    for cell, inside in cells.items():
        by_budget = all("budget" in row for row in inside)
        held = defaultdict(float)
        for row in inside:
            spread = len(row["places"].split(";")) * len(row["domains"].split(";"))
            for lead in row["_leads"]:
                held[lead] += (float(row["budget"]) / spread if by_budget else 1) / len(row["_leads"])
        shares = [part / sum(held.values()) for part in held.values()]
        if len(shares) < 2:
            assert cell not in found
            continue
        kinds.add(found[cell]["share_by"])
        assert found[cell]["share_by"] == ("budget" if by_budget else "programmes")
        hhi, theil = sum(s * s for s in shares), sum(s * log(len(shares) * s) for s in shares)
        assert found[cell]["hhi"] == pytest.approx(hhi, abs=6e-5)
        assert found[cell]["effective_actors"] == pytest.approx(1 / hhi, abs=6e-5)
        assert found[cell]["theil"] == pytest.approx(theil, abs=6e-5)
    assert kinds == {"budget", "programmes"}
