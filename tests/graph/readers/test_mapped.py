"""Tables by a mapping file: what rows become, what is refused, and that no person comes in."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from graph.errors import InvalidData
from graph.readers.tables.mapped import read_mapped
from graph.readers.tables.mapping import parse_mapping
from graph.readers.tables.route import legs

ROOT = Path(__file__).parents[3]
MAPPINGS = sorted((ROOT / "docs" / "mappings").glob("*.yml"))
Read = Callable[..., "object"]

SEIZURES = """
missing: [Unknown]
repeated: {same: [where, day, drug], amount: amount, unit: unit, units: {Kilogram: 1000, Gram: 1}}
rows:
  - {name: flow, sheet: flows, once: true, id: "{drug}", columns: {class: DrugsFlow, name: "{drug}", domains: "{drug}"}}
  - sheet: legs
    columns: {flow: "@flow"}
    route: {origin: ["{from}"], transit: ["{where}"], destination: ["{to}"]}
  - sheet: observations
    sum: value
    columns:
      {about: "@flow", measure: seizures, unit: "{unit}", value: "{amount}", place: "{where}", domain: "{drug}",
       starts: {from: "{day}", match: '^\\d{4}-\\d{2}'}, description: "Seizures by month."}
"""


def test_seizures_become_a_flow_its_legs_and_sums(read: Read) -> None:
    table = """from,where,to,day,drug,amount,unit
Afghanistan,Tajikistan,Unknown,2015-05-01,Heroin,2.5,Kilogram
,Tajikistan,,2015-05-09,Heroin,1,Kilogram
,Tajikistan,,2015-05-09,Heroin,1000,Gram
Afghanistan,Tajikistan,Uzbekistan,2015-06-01,Heroin,7,Gram
,Atlantis,,2015-06-01,Heroin,7,Gram
,Tajikistan,,2015-06-01,Moonshine,7,Gram
"""
    made = read(read_mapped, "s.csv", table, mapping=yaml.safe_load(SEIZURES))
    assert made.log.taken["s.csv"] + made.log.rejected_rows() == 6
    assert {r.row for r in made.log.rejected} == {4, 6, 7}
    assert "row 3 has it in another unit" in str(made.log.rejected[0])
    sums = {(o["starts"][0], o["unit"][0]): o["value"][0] for o in made.of("observation")}
    assert sums == {("2015-05", "unit/kilogram"): "3.5", ("2015-06", "unit/gram"): "7"}
    found = {(x["place"][0], x["placeRole"][0], x.get("nextPlace", [""])[0]) for x in made.of("leg")}
    assert found == {
        ("place/af", "place-role/origin", "place/tj"),
        ("place/tj", "place-role/transit", ""),
        ("place/tj", "place-role/transit", "place/uz"),
        ("place/uz", "place-role/destination", ""),
    }
    assert len(made.of("flow")) == 1


def test_sums_do_not_depend_on_the_order_of_rows(read: Read) -> None:
    rows = [f"Afghanistan,Tajikistan,,2015-0{n % 3 + 1}-01,Heroin,{n},Gram\n" for n in range(1, 30)]
    head = "from,where,to,day,drug,amount,unit\n"
    straight = read(read_mapped, "s.csv", head + "".join(rows), mapping=SEIZURES)
    random.Random(1).shuffle(rows)
    mixed = read(read_mapped, "s.csv", head + "".join(rows), mapping=SEIZURES)

    def said(made: object) -> set[tuple[str, str]]:
        return {(o["id"][0], o["value"][0]) for o in made.of("observation")}

    assert said(straight) == said(mixed)


def test_wide_columns_multi_valued_cells_and_ticks(read: Read) -> None:
    table = "project,who,where,training,legal aid\nA,IOM | Own NGO,TJ,x,\nB,IOM,TJ; UZ,no,x\n"
    mapping = """
rows:
  - name: p
    sheet: programmes
    id: "{project}"
    columns:
      name: "{project}"
      places: {from: "{where}", split: ";", map: {UZ: uz}}
      responses: {columns: [training, legal aid], from: "{column}", match: ".*"}
  - {sheet: participations, columns: {actor: IOM, programme: "@p", role: implementing}}
  - sheet: observations
    each: {columns: "training|legal aid", unless: ["(?i)no"]}
    columns: {about: "@p", measure: staff, unit: number, value: "1", description: "{column}"}
"""
    made = read(read_mapped, "w.csv", table, mapping=mapping)
    assert made.log.rejected == []
    assert [p["place"] for p in made.of("programme")] == [["place/tj"], ["place/tj", "place/uz"]]
    assert made.of("programme")[0]["response"] == ["response/training"]
    assert [o["description"] for o in made.of("observation")] == [["training"], ["legal aid"]]
    assert any("1 cells left out" in note for note in made.log.notes)


def test_a_state_is_made_only_where_its_place_is_known(read: Read) -> None:
    mapping = """
rows:
  - sheet: commitments
    columns:
      state: {from: "{who}", mint: {class: State, state: "{text}"}}
      instrument: {from: "pact", mint: {class: Treaty}}
      action: signature
      "on": "{day}"
"""
    made = read(
        read_mapped, "t.csv", "who,day\nTajikistan,1 May 2001\nUzbekistan,2 May 2001\nX,1 May 2001\n", mapping=mapping
    )
    assert [a["ofState"] for a in made.of("actor")] == [["place/uz"]]
    assert {c["actor"][0] for c in made.of("commitment")} == {"actor/state-tj", "actor/t.uzbekistan"}
    assert [r.row for r in made.log.rejected] == [4]


PERSONS = """
persons: {smallest: 10}
rows:
  - {name: flow, sheet: flows, once: true, id: persons, columns: {class: PersonsFlow, name: Persons, domains: persons}}
  - {sheet: legs, columns: {flow: "@flow"}, route: {origin: ["{citizen}"], destination: ["{found}"]}}
  - sheet: observations
    sum: value
    columns: {measure: victims, unit: person, value: "1", place: "{found}", target: "{sex}", starts: "{year}",
              about: "@flow", description: "Victims identified."}
"""


def test_microdata_is_counted_at_the_door_and_small_cells_are_left_out(read: Read) -> None:
    rows = ["Tajikistan,Uzbekistan,women,2015,case 17\n"] * 12 + ["Afghanistan,Tajikistan,women,2015,case 99\n"] * 9
    random.Random(1).shuffle(rows)
    made = read(read_mapped, "m.csv", "citizen,found,sex,year,note\n" + "".join(rows), mapping=PERSONS)
    assert made.log.taken["m.csv"] == 12
    assert made.log.rejected_rows() == 9
    assert [o["value"] for o in made.of("observation")] == [["12"]]
    told = str(made.triples) + str(made.log.rejected)
    assert "place/af" not in told, "a leg of nine persons tells of them"
    assert "Afghanistan" not in told
    assert "case" not in told
    assert len(made.of("leg")) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"persons": {"smallest": 3}}, "greater than or equal to 10"),
        ({"rows": [{"sheet": "programmes", "columns": {"name": "{note}"}}]}, "exactly one record"),
    ],
)
def test_a_mapping_cannot_let_a_person_in(change: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidData, match=told):
        parse_mapping(yaml.safe_dump(yaml.safe_load(PERSONS) | change))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rows: [", "line 1"),
        ("rows:\n  - sheet: persons\n", "line 2: mapping: rows.0: there is no sheet 'persons'"),
        ("rows:\n  - sheet: actors\n    columns:\n      nmae: x\n", "no column 'nmae'"),
        ("title: x\nrows:\n  - sheet: actors\n    colums: {}\n", "line 4: mapping: rows.0.colums"),
        ("rows:\n  - sheet: legs\n    columns: {place: {from: x, match: '('}}\n", "not a pattern"),
        ("rows:\n  - sheet: legs\n    columns: {flow: '@f'}\n", "@f is no record before"),
        ("rows:\n  - sheet: actors\n    columns: {name: yes}\n", "stand in quotes"),
        ("just text", "no fields"),
    ],
)
def test_a_wrong_mapping_is_named_with_its_line(text: str, told: str) -> None:
    with pytest.raises(InvalidData) as caught:
        parse_mapping(text)
    assert told in str(caught.value), str(caught.value)


def test_a_column_that_is_not_there_is_named(read: Read) -> None:
    mapping = "rows: [{sheet: actors, columns: {class: Group, name: '{Nam}'}}]"
    with pytest.raises(InvalidData, match=r"no column 'Nam'.*one of Name"):
        read(read_mapped, "a.csv", "Name\nx\n", mapping=mapping)


def test_a_table_without_a_mapping_says_how_to_get_one(read: Read) -> None:
    with pytest.raises(InvalidData, match="--suggest-mapping"):
        read(read_mapped, "a.csv", "a,b\n1,2\n")


def test_a_refused_row_leaves_no_trace(read: Read) -> None:
    mapping = """
rows:
  - {name: p, sheet: programmes, columns: {name: "{n}", starts: "{d}"}}
  - {sheet: participations, columns: {actor: "{a}", programme: "@p", role: implementing}}
"""
    made = read(read_mapped, "a.csv", "n,d,a\nOne,soon,New NGO\nTwo,2015,Other NGO\n", mapping=mapping)
    assert [a["label"] for a in made.of("actor")] == [["Other NGO"]]
    assert len(made.of("programme")) == 1


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ((["a"], ["b"], ["c"]), [("a", "origin", "b"), ("b", "transit", "c"), ("c", "destination", None)]),
        ((["a", "b"], ["c"], []), [("a", "origin", "b"), ("b", "transit", "c"), ("c", "transit", None)]),
        (([], ["c"], ["c"]), [("c", "destination", None)]),
        ((["a"], ["a"], ["a"]), [("a", "origin", None)]),
        (([], ["b"], []), []),
    ],
)
def test_a_route_gives_each_place_its_role_once(stops: tuple[list[str], ...], expected: list[object]) -> None:
    assert legs(*stops) == expected


@pytest.mark.parametrize("file", MAPPINGS, ids=lambda file: file.stem)
def test_every_example_is_a_mapping(file: Path) -> None:
    assert parse_mapping(file.read_text(encoding="utf-8")).rows
