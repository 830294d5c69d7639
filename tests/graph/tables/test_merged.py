"""Merging two ids equals having had one: in every answer, and nowhere is the merged id to be seen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from graph.tables.world import World
from tests.conftest import write_dataset

TWO = {
    "actors": [
        {"id": "alpha", "name": "Alpha", "class": "Organisation"},
        {"id": "beta", "name": "Beta", "class": "Organisation"},
        {"id": "gamma", "name": "Gamma", "class": "Organisation"},
        {"id": "unit", "name": "Unit", "class": "Unit", "part_of": "beta"},
    ],
    "places": [{"id": "land", "name": "Land", "class": "Country"}],
    "programmes": [
        {
            "id": "one",
            "name": "One",
            "places": "land",
            "domains": "drugs",
            "responses": "training",
            "targets": "police",
        },
        {
            "id": "two",
            "name": "Two",
            "places": "land",
            "domains": "drugs",
            "responses": "training",
            "targets": "police",
        },
        {"id": "three", "name": "Three", "places": "land", "domains": "arms", "responses": "training"},
    ],
    "participations": [
        {"id": "p1", "actor": "alpha", "programme": "one", "role": "implementing"},
        {"id": "p2", "actor": "beta", "programme": "two", "role": "implementing"},
        {"id": "p3", "actor": "gamma", "programme": "three", "role": "implementing"},
        {"id": "p4", "actor": "beta", "programme": "one", "role": "implementing"},
        {"id": "p5", "actor": "unit", "programme": "three", "role": "funding"},
    ],
    "ties": [{"id": "t1", "actor": "beta", "kind": "coordinates-with", "other": "gamma"}],
    "mandates": [{"id": "m1", "actor": "beta", "level": "leads", "domain": "drugs"}],
    "flows": [{"id": "f1", "name": "Flow", "class": "DrugsFlow", "domains": "heroin", "actors": "alpha; beta"}],
    "legs": [{"id": "l1", "flow": "f1", "place": "land", "role": "transit"}],
}


def _as_one(sheets: dict[str, Any]) -> dict[str, Any]:
    """The same world as its author would have written it who knew that Beta is Alpha."""
    rows = {sheet: [dict(row) for row in rows] for sheet, rows in sheets.items()}
    rows["actors"] = [row for row in rows["actors"] if row["id"] != "beta"]
    for sheet in rows.values():
        for row in sheet:
            for column in ("actor", "other", "part_of", "actors"):
                if column in row:
                    row[column] = "; ".join(dict.fromkeys(re.sub(r"\bbeta\b", "alpha", row[column]).split("; ")))
    return rows


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """The world of two ids merged, and the world that had one from the start."""
    homes = tmp_path_factory.mktemp("homes")
    with Library(homes / "two", linking=False) as two, Library(homes / "one", linking=False) as one:
        two.load(write_dataset(homes / "a", TWO))
        one.load(write_dataset(homes / "b", _as_one(TWO)))
        raw = two.world(two.names())
        (file,) = raw.schema.files
        merged = replace(raw, schema=two.tables.schema({"tiny": file}, merged={"actor/tiny.beta": "actor/tiny.alpha"}))
        yield merged, one.world(one.names())


@pytest.mark.parametrize("name", [n for n, question in catalogue().items() if question.language == "sql"])
def test_every_answer_is_that_of_one_id(worlds: tuple[World, World], name: str) -> None:
    merged, one = worlds

    def told(world: World) -> list[dict[str, Any]]:
        return [{key: value for key, value in row.items() if key != "sources"} for row in ask(world, name).rows]

    assert told(merged) == told(one)


def test_the_merged_id_is_nowhere_to_be_seen(worlds: tuple[World, World]) -> None:
    merged, _ = worlds
    views = merged.rows(
        "select table_name as name from information_schema.tables where table_schema = current_schema()"
    )
    for name in sorted({row["name"] for row in views} - {"merged", "merged_map"}):
        assert "tiny.beta" not in repr(merged.rows(f"select * from {name}")), name


def test_its_name_stays_findable(worlds: tuple[World, World]) -> None:
    merged, _ = worlds
    assert {"id": "actor/tiny.alpha", "name": "Beta", "use": "alias"} in merged.rows("select id, name, use from name")
    assert [row["label"] for row in merged.rows("select label from label where id = 'actor/tiny.alpha'")] == ["Alpha"]
