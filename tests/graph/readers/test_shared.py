"""Real files of others: each loads with one command, and every row of it is taken or in the reject log."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from graph.datasets.description import File
from graph.library import Library, Loaded

ROOT = Path(__file__).parents[3]
MAPPINGS = ROOT / "docs" / "mappings"
SHARED = os.environ.get("CONCERT_SHARED_DATA")
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED, reason="CONCERT_SHARED_DATA names no folder of real files"),
]
YEARS = range(2013, 2018)
TREATIES = ("6-15", "6-16", "6-19", "18-12", "18-12-a", "18-12-b", "18-12-c", "18-14")
LISTS = ("ActivityScope", "CRSChannelCode", "OrganisationType", "PolicyMarker", "Region", "Sector", "SectorCategory")

SEIZURES = ("unodc/drug-seizures-central-asia.csv", "unodc-seizures")

FILES: list[tuple[str, str | None, dict[str, Any], float]] = [
    ("iati/activities-congo.xml", None, {}, 1.0),
    ("iati/activities-congo.xml", None, {"scope": "all"}, 1.0),
    *((f"iati/codelist-{name}.xml", None, {}, 1.0) for name in LISTS),
    *((f"crs/crs_{year}_sectors.csv", "crs-sectors", {}, 0.96) for year in YEARS),
    *((f"crs/crs_{year}_donors.csv", "crs-donors", {}, 0.96) for year in YEARS),
    ("crs/crs_funders.csv", "crs-funders", {}, 1.0),
    ("hxl/nepal-2015-3w.json", None, {"country": "NP"}, 1.0),
    ("orgs/somalia-org-map.json", "organisation-spellings", {}, 1.0),
    *((f"treaties/{stem}.csv", "treaty", {}, 1.0) for stem in TREATIES),
    (*SEIZURES, {}, 0.997),
    ("reference/country-codes.csv", "country-codes", {}, 1.0),
]
"""File, mapping, options, and the least share of its rows that is taken."""


Load = Callable[[str, str | None, dict[str, Any]], Loaded]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Load a file beside the reference data, once: its name, the name of a mapping, options."""
    before: dict[str, Loaded] = {}
    with Library(tmp_path_factory.mktemp("shared") / "home", linking=False) as library:
        library.ensure([ROOT / "data" / "reference"])

        def loaded(name: str, mapping: str | None, options: dict[str, Any]) -> Loaded:
            file = Path(str(SHARED)) / name
            if mapping:
                options = options | {"mapping": (MAPPINGS / f"{mapping}.yml").read_text(encoding="utf-8")}
            if (key := f"{name} {options}") not in before:
                told = File(file=file.name, options=options)
                before[key] = library.load_file(file, told, "trial", reject_share=0.1)
            return before[key]

        yield loaded


def rows_of(file: Path) -> int:
    """How many rows or elements there are, counted without any of our code."""
    if file.suffix == ".xml":
        tree = etree.parse(file)
        return sum(1 for _ in tree.iter("iati-activity", "codelist-item"))
    if file.suffix == ".json":
        return len(json.loads(file.read_text(encoding="utf-8")))
    raw = file.read_bytes()
    text = raw.decode("utf-8-sig") if _is_utf8(raw) else raw.decode("cp1252")
    delimiter = ";" if text.partition("\n")[0].count(";") > 3 else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)]
    header = next((at for at, row in enumerate(rows[:3]) if "Austria" in row), 0) if "donors" in file.name else 0
    return len(rows) - header - 1


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_no_file_is_forgotten() -> None:
    there = {str(path.relative_to(str(SHARED))) for path in Path(str(SHARED)).glob("*/*")}
    assert {name for name, *_ in FILES} == there


@pytest.mark.parametrize(("name", "mapping", "options", "share"), FILES)
def test_every_row_is_taken_or_refused(
    load: Load, name: str, mapping: str | None, options: dict[str, Any], share: float
) -> None:
    file = Path(str(SHARED)) / name
    loaded = load(name, mapping, options)
    taken = loaded.manifest.taken
    if "iati-activity" in taken:
        rows = taken["iati-activity"] + taken.get("iati-activity out of scope", 0)
        refused = sum(rejected.field.startswith("iati-activity/") for rejected in loaded.rejected)
    else:
        rows, refused = taken.get("codelist-item", taken.get(file.name, 0)), loaded.manifest.rejected
    assert rows + refused == rows_of(file)
    assert rows >= share * rows_of(file)
    assert loaded.manifest.claims > 0


def test_seizures_that_are_reported_twice_are_told(load: Load) -> None:
    file = Path(str(SHARED)) / SEIZURES[0]
    twice = [rejected for rejected in load(*SEIZURES, {}).rejected if "in another unit" in rejected.expected]
    assert twice
    lines = file.read_text(encoding="utf-8").splitlines()
    for rejected in twice:
        other = int(rejected.expected.rpartition("row ")[2].split()[0])
        one, two = (next(csv.reader([lines[row - 1]], delimiter=";")) for row in (rejected.row, other))
        assert [one[at] for at in (2, 5, 6)] == [two[at] for at in (2, 5, 6)]
        assert {one[8], two[8]} == {"Kilogram", "Gram"}
        grams = [float(row[7]) * (1000 if row[8] == "Kilogram" else 1) for row in (one, two)]
        assert grams[0] == pytest.approx(grams[1], rel=1e-6)
