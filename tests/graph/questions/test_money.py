"""Money that sources report: a term of need in the gaps, and the shares of funders where budgets don't tell."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.questions.answer import ask
from graph.tables.world import World

Drawn = Callable[..., World]
PLACES = ("poor", "middle", "rich", "silent")


def _sheets(**more: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """A drugs flow through four places; money is told of three of them, in two years."""
    money = {"poor": "10", "middle": "100", "rich": "900"}
    return {
        "places": [{"id": place, "name": place.title(), "class": "Country"} for place in PLACES],
        "actors": [{"id": a, "name": a.title(), "class": "Organisation"} for a in ("one", "two", "north", "south")],
        "flows": [{"id": "road", "name": "Road", "class": "DrugsFlow", "domains": "drugs"}],
        "legs": [{"id": f"leg-{p}", "flow": "road", "place": p, "role": "transit"} for p in PLACES],
        "observations": [
            *(_paid(f"whole-{p}", p, sum_, year="2017", domain="drugs") for p, sum_ in money.items()),
            _paid("before", "poor", "5000", year="2016", domain="drugs"),
            _paid("kilos", "silent", "5", year="2017", domain="drugs") | {"unit": "kilogram"},
        ],
        **more,
    }


def _paid(id_: str, place: str, value: str, year: str, domain: str = "", about: str = "") -> dict[str, str]:
    told = {"id": id_, "measure": "funding", "unit": "us-dollar", "value": value, "place": place, "domain": domain}
    return told | {"starts": year, "ends": year, "about": about, "description": "Paid."}


def _needs(world: World) -> dict[str, dict[str, Any]]:
    return {row["place"]["id"].partition("/")[2]: row for row in ask(world, "gaps", limit=1000).rows}


def test_little_money_is_a_need_and_much_is_not(drawn: Drawn) -> None:
    needs = _needs(drawn(_sheets()))
    assert {place: row["money"] for place, row in needs.items()} == {
        "poor": 10, "middle": 100, "rich": 900, "silent": None,
    }  # fmt: skip
    assert {place: row["scarcity"] for place, row in needs.items()} == {
        "poor": round(1 / 1.1, 3), "middle": 0.5, "rich": 0.1, "silent": None,
    }  # fmt: skip
    others = [1 / 2, 0.0, 0.0]  # one flow, no figure of traffic, no driver
    for place, scarcity in (("poor", 1 / 1.1), ("middle", 0.5), ("rich", 0.1)):
        assert needs[place]["pressure"] == round(1 + (sum(others) + scarcity) / 4, 3)
        assert f"observation/whole-{place}" in {source["claim"] for source in needs[place]["sources"]}
    assert needs["silent"]["pressure"] == round(1 + sum(others) / 3, 3)


def test_a_day_asks_for_the_money_of_that_time(drawn: Drawn) -> None:
    world = drawn(_sheets())
    rows = ask(world, "gaps", {"on": ["2016-06-01"]}, limit=1000).rows
    assert {row["place"]["id"]: row["money"] for row in rows}["place/poor"] == 5000


def test_where_a_programme_tells_its_budget_the_money_is_not_counted_again(drawn: Drawn) -> None:
    programme = {"id": "p", "name": "P", "places": "poor", "domains": "heroin", "budget": "7", "currency": "USD"}
    needs = _needs(drawn(_sheets(programmes=[programme])))
    assert (needs["poor"]["money"], needs["middle"]["money"]) == (None, 100)
    free = {key: value for key, value in programme.items() if key not in ("budget", "currency")}
    assert _needs(drawn(_sheets(programmes=[free])))["poor"]["money"] == 10


def test_funders_share_where_budgets_do_not_tell(drawn: Drawn) -> None:
    programmes = [
        {"id": p, "name": p, "places": "poor", "domains": "drugs", "budget": b, "currency": "USD"}
        for p, b in (("a", "5"), ("b", ""))
    ]
    led = [
        {"id": f"l-{p}", "actor": a, "programme": p, "role": "implementing"} for p, a in (("a", "one"), ("b", "two"))
    ]
    donors = [
        _paid("n", "poor", "30", year="2017", about="actor:north"),
        _paid("s", "poor", "10", year="2017", about="actor:south"),
        _paid("old", "poor", "999", year="2015", about="actor:south"),
    ]
    sheets = _sheets(programmes=programmes, participations=led)
    sheets["observations"] += donors
    (row,) = ask(drawn(sheets), "fragmentation").rows
    assert row["share_by"] == "programmes"
    assert [funder["id"] for funder in row["funders"]] == ["actor/north", "actor/south"]
    assert row["effective_funders"] == pytest.approx(1 / (0.75**2 + 0.25**2), abs=1e-4)
    assert {"observation/n", "observation/s"} <= {source["claim"] for source in row["sources"]}
    assert "observation/old" not in {source["claim"] for source in row["sources"]}
    programmes[1] |= {"budget": "5", "currency": "USD"}
    (row,) = ask(drawn(sheets), "fragmentation").rows
    assert (row["share_by"], row["funders"], row["effective_funders"]) == ("budget", [], None)
    programmes[1]["budget"] = ""
    sheets["observations"].append(_paid("d", "poor", "1", year="2011", domain="heroin", about="actor:two"))
    (row,) = ask(drawn(sheets), "fragmentation").rows
    assert [funder["id"] for funder in row["funders"]] == ["actor/two"]  # figures for the domain come first
