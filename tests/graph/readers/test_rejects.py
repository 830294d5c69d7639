"""The reject log: every refused row or element with its place, field, value and what was expected; and the bound."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidData
from graph.library import Library
from graph.loading import REJECTED
from tests.conftest import write_dataset

MAPPING = {
    "rows": [
        {
            "sheet": "programmes",
            "columns": {"name": "{name}", "starts": "{starts}", "responses": {"from": "{what}", "map": {}}},
        }
    ]
}
TABLE = (
    "name,starts,what\n"
    "One,2015,training\nTwo,soon,training\nThree,2015-05,juggling\nFour,2015,training\nFive,later,juggling\n"
)
HXL = "#org,#activity,#date+start\nA,One,2015\nB,,2015\nC,Three,5/6/2015\nD,Four,2015\nE,Write to x@example.org,\n"
ACTIVITIES = """<iati-activities>
<iati-activity><iati-identifier>A-1</iati-identifier><title>One</title>
<recipient-country code="QQ"/></iati-activity>
<iati-activity><title>Two</title></iati-activity>
<iati-activity><iati-identifier>A-1</iati-identifier><title>Three</title></iati-activity>
<iati-activity><iati-identifier>A-4</iati-identifier><title>Four</title></iati-activity>
</iati-activities>"""
BODY = '{{"id": "{0}", "schema": "Organization", "properties": {1}}}\n'
BODIES = BODY.format("a", '{"name": ["A"]}') + BODY.format("b", "{}") + BODY.format("a", '{"name": ["Again"]}')

CASES: dict[str, tuple[str, str, dict[str, Any], set[tuple[str, int, str, str]]]] = {
    "table": (
        "t.csv",
        TABLE,
        {"mapping": MAPPING},
        {
            ("t.csv", 3, "starts", "soon"),
            ("t.csv", 4, "responses", "juggling"),
            ("t.csv", 6, "starts", "later"),
            ("t.csv", 6, "responses", "juggling"),
        },
    ),
    "hxl": (
        "h.csv",
        HXL,
        {},
        {("h.csv", 3, "#activity", ""), ("h.csv", 4, "starts", "5/6/2015"), ("h.csv", 6, "name", "(withheld)")},
    ),
    "iati": (
        "a.xml",
        ACTIVITIES,
        {"scope": "all"},
        {
            ("a.xml", 3, "recipient-country/@code of A-1", "QQ"),
            ("a.xml", 4, "iati-activity/iati-identifier of line 4", ""),
            ("a.xml", 5, "iati-activity/iati-identifier of line 5", "A-1"),
        },
    ),
    "ftm": ("b.json", BODIES, {}, {("b.json", 2, "name", ""), ("b.json", 3, "id", "a")}),
}


def folder_of(tmp_path: Path, name: str, text: str, options: dict[str, Any], share: float) -> Path:
    files = [{"file": name, "options": options}]
    folder = write_dataset(tmp_path, {}, name="some", files=files, reject_share=share)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def logged(library: Library, version: str) -> list[dict[str, str]]:
    with (library.home.folder("some", version) / REJECTED).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", CASES)
def test_the_log_names_every_refused_row_with_what_came_and_what_was_expected(
    library: Library, tmp_path: Path, kind: str
) -> None:
    name, text, options, expected = CASES[kind]
    loaded = library.load(folder_of(tmp_path, name, text, options, 1.0))
    rows = logged(library, loaded.manifest.version)
    found = {(row["file"], int(row["row"]), row["field"], row["value"]) for row in rows}
    assert expected <= found
    assert {row for _, row, _, _ in found} == {row for _, row, _, _ in expected}
    assert all(row["expected"] for row in rows)
    assert loaded.manifest.rejected == len({row for _, row, _, _ in expected})
    assert "x@example.org" not in json.dumps(rows)


@pytest.mark.parametrize(("kind", "refused", "of"), [("table", 3, 5), ("hxl", 3, 5), ("ftm", 2, 3)])
def test_more_refused_rows_than_the_bound_refuse_the_load(
    library: Library, tmp_path: Path, kind: str, refused: int, of: int
) -> None:
    name, text, options, _ = CASES[kind]
    kept = library.load(folder_of(tmp_path / "kept", name, text, options, refused / of)).manifest
    with pytest.raises(InvalidData, match=f"{refused} of {of} rows were refused; nothing was loaded"):
        library.load(folder_of(tmp_path / "refused", name, text, options, refused / of - 0.01))
    assert library.datasets()["some"].version == kept.version
    assert [path.name for path in (library.home.path / "datasets" / "some").iterdir()] == [kept.version]


def test_without_a_bound_no_row_may_be_refused(library: Library, dataset: Callable[..., Path]) -> None:
    with pytest.raises(InvalidData, match="1 of 2 rows were refused"):
        library.load(dataset({"actors": [{"id": "a", "class": "Group", "name": "A"}, {"id": "b", "class": "Herd"}]}))
    assert library.datasets() == {}


def test_a_log_with_nothing_in_it_is_a_header(library: Library, dataset: Callable[..., Path]) -> None:
    manifest = library.load(dataset({"actors": [{"id": "a", "class": "Group", "name": "A"}]}, name="some")).manifest
    file = library.home.folder("some", manifest.version) / REJECTED
    assert file.read_text(encoding="utf-8").split() == ["file,row,field,value,expected"]
