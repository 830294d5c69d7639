"""3W tables with hashtags: one programme a row, with its parties, places, words and counts."""

import json
import random
from collections.abc import Callable

import pytest

from graph.errors import InvalidData
from graph.readers.tables.hxl import read_hxl
from graph.readers.tables.tags import tags

TABLE = """Who does what,,,,,,,
,,,,,,,
Donor,Agency,What,District,Code,Country,Reached,Since
#org +funding,#org+impl,#sector,#adm2+name,#adm2+code,#country+code,#reached,#date+start
Big Fund,IOM,Counter-trafficking,Rushan,TJ-R1,TJ,250,2015-05-01
Big Fund;Small Fund,Own NGO,Beekeeping,Gorno-Badakhshan,,TJ,,May 2015
"""
Read = Callable[..., "object"]


def test_a_row_is_a_programme_with_its_parties_and_place(read: Read) -> None:
    made = read(read_hxl, "3w.csv", TABLE)
    assert made.log.taken == {"3w.csv": 2}
    assert made.log.rejected == []
    first, second = made.of("programme")
    assert first["domain"] == ["domain/persons"]
    assert first["place"] == ["place/t.tj-tj-r1"]
    assert first["starts"] == ["2015-05-01"]
    assert first["locator"] == ["3w.csv row 5"]
    assert second["place"] == ["place/gorno-badakhshan"], "a division that is known within the country is not made"
    assert second["starts"] == ["2015-05"]
    assert "Beekeeping" in second["description"][0]
    assert any("'Beekeeping'" in note for note in made.log.notes)
    roles = {(p["actor"][0], p["role"][0]) for p in made.of("participation")}
    assert roles == {
        ("actor/t.big-fund", "role/funding"),
        ("actor/iom", "role/implementing"),
        ("actor/t.small-fund", "role/funding"),
        ("actor/t.own-ngo", "role/implementing"),
    }
    assert [p["within"] for p in made.of("place")] == [["place/tj"]]
    assert [(o["value"], o["measure"]) for o in made.of("observation")] == [(["250"], ["measure/participants"])]


def test_json_objects_and_arrays_say_the_same(read: Read) -> None:
    rows = [{"#org": "IOM", "#sector": "Training", "#country": "Tajikistan"}]
    objects = read(read_hxl, "o.json", json.dumps(rows))
    arrays = read(read_hxl, "a.json", json.dumps([["Org", "What", "Where"], *map(list, [rows[0], rows[0].values()])]))
    same = [{k: v for k, v in p.items() if k != "locator"} for p in objects.of("programme")]
    assert same == [{k: v for k, v in p.items() if k != "locator"} for p in arrays.of("programme")]
    assert same[0]["response"] == ["response/training"]


def test_ids_do_not_depend_on_the_order_of_rows(read: Read) -> None:
    head, body = "#org,#activity,#country\n", ["A,one,TJ\n", "A,two,TJ\n", "A,one,TJ\n", "B,one,TJ\n"]
    first = read(read_hxl, "a.csv", head + "".join(body))
    assert len(first.of("programme")) == 4, "rows that are the same are programmes of their own"
    random.Random(1).shuffle(body)
    again = read(read_hxl, "a.csv", head + "".join(body))
    assert {p["id"][0] for p in first.of("programme")} == {p["id"][0] for p in again.of("programme")}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("A,one,Atlantis,", "#country"),
        ("A,,TJ,", "#activity"),
        ("A,write to x@example.org,TJ,", "name"),
        ("A,one,TJ,5/6/2015", "starts"),
    ],
)
def test_a_bad_row_is_refused_whole(read: Read, row: str, field: str) -> None:
    made = read(read_hxl, "a.csv", f"#org,#activity,#country,#date+start\n{row}\nIOM,fine,TJ,\n")
    assert made.log.taken == {"a.csv": 1}
    assert {(r.row, r.field) for r in made.log.rejected if r.field == field} == {(2, field)}
    assert "x@example.org" not in str(made.log.rejected)
    assert len(made.of("programme")) == 1
    assert made.of("actor") == []


def test_divisions_without_a_country_need_the_option(read: Read) -> None:
    text = "#org,#activity,#adm1\nIOM,one,Khatlon\n"
    assert read(read_hxl, "a.csv", text).log.taken == {"a.csv": 0}
    assert read(read_hxl, "a.csv", text, country="TJ").of("programme")[0]["place"] == ["place/t.tj-khatlon"]


def test_names_in_another_script_do_not_melt_together(read: Read) -> None:
    made = read(read_hxl, "a.csv", "#org,#activity,#country\nФонд,a,TJ\nЦентр,b,TJ\n")
    assert len(made.of("actor")) == 2


def test_a_table_without_hashtags_is_said(read: Read) -> None:
    with pytest.raises(InvalidData, match="no hashtags in its first 25 rows"):
        read(read_hxl, "a.csv", "x,y\n" * 26 + "#org,#sector\n")


def test_hashtags_are_told_from_other_cells() -> None:
    assert [str(tag) for tag in tags(["#Org + Impl", "#adm1+code+name", ""])] == ["#org+impl", "#adm1+code+name"]
    assert tags(["# of people", "#1", "no"]) == []
