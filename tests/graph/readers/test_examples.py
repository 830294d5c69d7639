"""The mappings that are shipped, on tables of the same form written by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidData
from graph.readers.tables.json_rows import json_lines
from graph.readers.tables.mapped import read_mapped
from graph.readers.tables.mapping import parse_mapping

MAPPINGS = Path(__file__).parents[3] / "docs" / "mappings"
Read = Callable[..., Any]


def example(name: str) -> str:
    return (MAPPINGS / f"{name}.yml").read_text(encoding="utf-8")


def test_victims_are_counted_and_never_kept(read: Read) -> None:
    head = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation\n"
    many = "2015,Female,18--20,UZ,TJ\n".replace("UZ", "Uzbekistan").replace("TJ", "Tajikistan")
    few = "2015,Male,0--8,Afghanistan,Tajikistan\n"
    made = read(read_mapped, "victims.csv", head + many * 11 + few * 3, mapping=example("victims"))
    assert made.log.taken["victims.csv"] == 11
    assert made.log.rejected_rows() == 3
    assert [(o["value"], o["place"], o["target"]) for o in made.of("observation")] == [
        (["11"], ["place/tj"], ["target/women"])
    ]
    assert {(leg["place"][0], leg["placeRole"][0]) for leg in made.of("leg")} == {
        ("place/uz", "place-role/origin"),
        ("place/tj", "place-role/destination"),
    }
    assert "ageBroad" not in str(made.triples)
    assert "0--8" not in str(made.triples) + str(made.log.rejected)


def test_routes_become_legs_and_a_figure(read: Read) -> None:
    table = (
        "domain,origin,transit,destination,unit,count,year\n"
        "heroin,Afghanistan,Tajikistan,Uzbekistan,kilogram,12.5,2014\n"
        "heroin,Afghanistan,,Uzbekistan,kilogram,2,2014\n"
        "tea,Afghanistan,,Uzbekistan,kilogram,2,2014\n"
    )
    made = read(read_mapped, "routes.csv", table, mapping=example("routes"))
    assert {r.row for r in made.log.rejected} == {4}
    assert [(o["value"], o["unit"], o["starts"]) for o in made.of("observation")] == [
        (["14.5"], ["unit/kilogram"], ["2014"])
    ]
    assert {(leg["place"][0], leg["placeRole"][0], leg.get("nextPlace", [""])[0]) for leg in made.of("leg")} == {
        ("place/af", "place-role/origin", "place/tj"),
        ("place/tj", "place-role/transit", "place/uz"),
        ("place/af", "place-role/origin", "place/uz"),
        ("place/uz", "place-role/destination", ""),
    }


def test_a_known_organisation_gets_names_and_an_unknown_one_is_made(read: Read) -> None:
    registered = {"code": "XX-1-2", "name": "The New Fund", "codeforiati:organisation-type-code": "60"}
    spellings = {
        "OIM": {"name": "IOM", "shortname": "OIM", "synonyms": ["Migration Agency"]},
        "New": {"name": "New Fund", "shortname": "NF", "synonyms": [], "iati": registered},
    }
    made = read(read_mapped, "s.json", json.dumps(spellings), mapping=example("organisation-spellings"))
    assert made.log.rejected == []
    assert made.log.taken["s.json"] == 2
    known, own = sorted(made.of("actor"), key=lambda actor: actor["id"] != ["actor/iom"])
    assert known["id"] == ["actor/iom"]
    assert "type" not in known
    assert "label" not in known
    assert {"IOM", "OIM", "Migration Agency"} <= set(known["altLabel"])
    assert own["label"] == ["New Fund"]
    assert own["notation"] == ["XX-1-2"]
    assert own["type"] == ["https://w3id.org/concert/ns#Foundation"] or own["type"] == ["Foundation"]
    assert {"New", "The New Fund"} <= set(own["altLabel"])


def test_a_refused_row_says_nothing_of_a_known_thing(read: Read) -> None:
    table = "name,aliases\nIOM,write to x@example.org\nIOM,Migration Agency\n"
    mapping = "rows: [{sheet: actors, same: '{name}', columns: {class: Group, name: '{name}', aliases: '{aliases}'}}]"
    made = read(read_mapped, "a.csv", table, mapping=mapping)
    assert [r.row for r in made.log.rejected] == [2]
    assert [actor["altLabel"] for actor in made.of("actor")] == [["IOM", "Migration Agency"]]


def test_cells_beyond_the_names_are_dropped_only_where_the_mapping_says_so(read: Read) -> None:
    mapping = "rows: [{sheet: actors, columns: {class: Group, name: '{name}'}}]"
    refused = read(read_mapped, "a.csv", "name\nOne,a note\nTwo\n", mapping=mapping)
    assert [r.row for r in refused.log.rejected] == [2]
    dropped = read(read_mapped, "a.csv", "name\nOne,a note\nTwo\n", mapping="beyond: drop\n" + mapping)
    assert [actor["label"] for actor in dropped.of("actor")] == [["One"], ["Two"]]


@pytest.mark.parametrize("extra", ["each: {columns: [a]}", "sum: value", "route: {origin: ['{a}']}"])
def test_same_goes_with_one_record_a_row(extra: str) -> None:
    sheet = "legs" if "route" in extra else "observations"
    columns = "flow: a" if sheet == "legs" else "measure: a"
    text = f"rows: [{{sheet: {sheet}, same: '{{a}}', columns: {{{columns}}}, {extra}}}]"
    with pytest.raises(InvalidData, match="`same` goes with one record a row"):
        parse_mapping(text)


@pytest.mark.parametrize("size", [10, 70_000, 200_000])
def test_objects_of_an_object_are_rows_however_long(tmp_path: Path, size: int) -> None:
    members = {f"key {n}": {"a": "x" * (size // 100), "b": {"c": n, "d": [1, 2]}} for n in range(100)}
    (tmp_path / "o.json").write_text(json.dumps(members, indent=1), encoding="utf-8")
    rows = list(json_lines(tmp_path / "o.json"))
    assert rows[0] == (0, ["key", "a", "b.c", "b.d"])
    assert rows[1:] == [(n + 1, [f"key {n}", "x" * (size // 100), str(n), "1;2"]) for n in range(100)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": {"b": 1}', "not closed"),
        ('{"a": {"b": 1}, 5: {}}', "not valid JSON"),
        ('{"a": {"b": 1}} trailing', "something follows"),
        ('{"a": {"b": 1}, "c": 2}', "of another kind"),
        ('{"a": {"b": {"c": {"d": 1}}}}', "holds a structure"),
    ],
)
def test_a_broken_object_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "o.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData, match=told):
        list(json_lines(tmp_path / "o.json"))
