"""Sums in other currencies: kept as reported, and in US dollars only by rates that somebody states."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.errors import InvalidData
from graph.readers import Frame, Log
from graph.readers.iati.activities import read_activities
from ontology.namespaces import CON, ID

BUDGET = (
    '<budget type="1"><period-start iso-date="{0}-01-01"/><period-end iso-date="{0}-12-31"/>'
    '<value currency="{1}" value-date="{0}-03-31">{2}</value></budget>'
)
SPENT = (
    '<transaction><transaction-type code="3"/><transaction-date iso-date="2015-05-01"/>'
    '<value currency="EUR" value-date="2015-05-01">100</value></transaction>'
)
RATES = "currency,date,rate,source\nEUR,2015,1.10,A bank\nEUR,2015-05,1.20,A bank\nGBP,2016-03-31,1.5,Another bank\n"
Read = Callable[..., dict[str, dict[str, list[str]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def from_parts(parts: str, rates: str | None = RATES) -> dict[str, dict[str, list[str]]]:
        file = tmp_path / "a.xml"
        inside = f"<iati-identifier>A-1</iati-identifier><title>T</title>{parts}"
        file.write_text(f"<iati-activities><iati-activity>{inside}</iati-activity></iati-activities>", "utf-8")
        options: dict[str, Any] = {"scope": "all"}
        if rates is not None:
            (tmp_path / "rates.csv").write_text(rates, encoding="utf-8")
            options["rates"] = "rates.csv"
        said: dict[str, dict[str, list[str]]] = {}
        for triple in read_activities(file, Frame("x.", "en", f"{ID}source/s", {}, options=options), Log()):
            assert isinstance(triple.subject, ox.NamedNode)
            assert not isinstance(triple.object, ox.BlankNode | ox.Triple)
            name = triple.predicate.value.removeprefix(str(CON)).rpartition("#")[2]
            thing = said.setdefault(triple.subject.value.removeprefix(str(ID)), {})
            thing.setdefault(name, []).append(triple.object.value)
        return said

    return from_parts


def test_a_sum_stays_as_reported_and_its_note_says_the_dollars(read: Read) -> None:
    said = read(SPENT)["transaction/x.A-1--1"]
    assert said["amount"] == ["100"]
    assert said["currency"] == ["EUR"]
    assert said["note"] == ["Converted: 120.00 US dollars at 1.20 of 2015-05, A bank."]


def test_the_budget_of_a_programme_is_in_dollars_where_all_of_it_has_rates(read: Read) -> None:
    parts = BUDGET.format(2015, "EUR", 1000) + BUDGET.format(2016, "GBP", 10) + BUDGET.format(2017, "USD", 5)
    programme = read(parts)["programme/x.A-1"]
    assert (programme["budget"], programme["currency"]) == (["1120.00"], ["USD"])
    assert programme["note"] == [
        "The budget is converted to US dollars: EUR at 1.10 of 2015, A bank; GBP at 1.5 of 2016-03-31, Another bank."
    ]


def test_a_sum_without_a_rate_is_not_converted(read: Read) -> None:
    said = read(BUDGET.format(2014, "EUR", 1000))
    assert (said["programme/x.A-1"]["budget"], said["programme/x.A-1"]["currency"]) == (["1000"], ["EUR"])
    assert "note" not in said["programme/x.A-1"]
    assert "note" not in said["budget-line/x.A-1--budget-1"]
    mixed = read(BUDGET.format(2014, "EUR", 1000) + BUDGET.format(2015, "EUR", 1000))["programme/x.A-1"]
    assert (mixed["budget"], mixed["currency"]) == (["2000"], ["EUR"]), "one rate is missing, so none is used"


def test_nothing_is_converted_without_a_table(read: Read) -> None:
    said = read(BUDGET.format(2015, "EUR", 1000) + SPENT, rates=None)
    assert said["programme/x.A-1"]["currency"] == ["EUR"]
    assert not any("note" in thing for thing in said.values())


def test_a_period_that_is_planned_is_noted_beside_the_conversion(read: Read) -> None:
    said = read('<activity-date type="1" iso-date="2015-01-01"/>' + BUDGET.format(2015, "EUR", 1))
    [note] = said["programme/x.A-1"]["note"]
    assert note.startswith("The start is as planned. The budget is converted")


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        ("currency,year,rate,source\neuro,2015,1,B\n", "row 2: currency"),
        ("currency,year,rate,source\nEUR,15,1,B\n", "row 2: date"),
        ("currency,year,rate,source\nEUR,2015,1,B\nEUR,2015,-1,B\n", "row 3: rate"),
        ("currency,year,rate,source\nEUR,2015,cheap,B\n", "row 2: rate"),
        ("currency,year,rate,source\nEUR,2015,1,\n", "row 2: source"),
        ("currency,year,rate,source\nEUR,2015,1,B\nEUR,2015,2,B\n", "row 3: date"),
    ],
)
def test_a_wrong_table_of_rates_is_named_by_its_row(read: Read, rates: str, told: str) -> None:
    with pytest.raises(InvalidData, match=told):
        read(SPENT, rates=rates)


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<iati-activities/>", encoding="utf-8")
    frame = Frame("x.", "en", f"{ID}source/s", {}, options={"rates": "none.csv"})
    with pytest.raises(InvalidData, match=r"no table of rates none\.csv"):
        list(read_activities(tmp_path / "a.xml", frame, Log()))
