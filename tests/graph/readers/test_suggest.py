"""Drafts of mappings: what a draft takes of a table as it comes, before anybody has looked at it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.readers.tables.mapped import read_mapped
from graph.readers.tables.mapping import parse_mapping
from graph.readers.tables.suggest import suggest

TABLES = {
    "crs_2015.csv": (
        "RecipientCode,RecipientName,111,16063,15240\n625,Tajikistan,1.5,2,\n626,Uzbekistan,-3,,1\n",
        "observations",
        2,
    ),
    "7-1.csv": (
        "Participant,Signature,Ratification\nTajikistan,12 Dec 2000,8 Jul 2002\nUzbekistan,,9 Dec 2003 a\n",
        "commitments",
        2,
    ),
    "seizures.csv": (
        "COUNTRY;DRUG;AMOUNT;DRUG_UNIT;DATE\nTajikistan;Heroin;1.5;kg;2015-05-01\nUzbekistan;Opium;2;kg;2015-06-01\n",
        "observations",
        2,
    ),
    "bodies.csv": ("name,shortname,synonyms\nIOM,IOM,OIM\nAid Fund,AF,\n", "actors", 2),
    "codes.csv": (
        "country name,ISO3166-1-Alpha-2,Geoname ID\nTajikistan,TJ,1220409\nUzbekistan,UZ,1512440\n",
        "places",
        2,
    ),
    "projects.csv": (
        "project,agency,country,start\nA,IOM,Tajikistan,2015\nB,New NGO,Uzbekistan,2016\n",
        "programmes",
        2,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_draft_takes_the_rows_as_it_comes(read: Callable[..., Any], tmp_path: Path, name: str) -> None:
    text, sheet, rows = TABLES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    draft = suggest(tmp_path / name)
    assert parse_mapping(draft).rows[0].sheet == sheet
    assert "TODO" not in draft
    made = read(read_mapped, name, text, mapping=draft)
    assert made.log.rejected == []
    assert made.log.taken[name] == rows


def test_what_is_guessed_is_told(tmp_path: Path) -> None:
    (tmp_path / "crs.csv").write_text(TABLES["crs_2015.csv"][0], encoding="utf-8")
    draft = suggest(tmp_path / "crs.csv")
    assert "# guessed, since no column says it: measure" in draft
    assert parse_mapping(draft).rows[0].columns["measure"].source == "funding"
