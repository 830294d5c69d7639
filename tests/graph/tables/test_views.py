"""What is copied for a world, so that it is read sooner, changes no answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from graph.tables import views
from tests.conftest import write_dataset

ONE = {
    "actors": [{"id": each, "name": each.title(), "class": "Organisation"} for each in ("alpha", "beta", "gamma")],
    "places": [
        {"id": "land", "name": "Land", "class": "Country"},
        {"id": "town", "name": "Town", "class": "Area", "within": "land"},
    ],
    "programmes": [
        {
            "id": name,
            "name": name.title(),
            "places": place,
            "domains": "drugs",
            "responses": "training",
            "targets": "police",
            "starts": "2002-01-01",
            "ends": "2003-12-31",
        }
        for name, place in (("one", "land"), ("two", "town"))
    ],
    "participations": [
        {"id": "p1", "actor": "alpha", "programme": "one", "role": "implementing"},
        {"id": "p2", "actor": "beta", "programme": "two", "role": "implementing"},
    ],
    "flows": [{"id": "f1", "name": "Flow", "class": "DrugsFlow", "domains": "heroin"}],
    "legs": [{"id": "l1", "flow": "f1", "place": "land", "role": "transit"}],
}
OTHER = {
    "programmes": [{"id": "one", "name": "One", "places": "town", "domains": "arms", "responses": "training"}],
    "participations": [{"id": "p3", "actor": "gamma", "programme": "two", "role": "funding"}],
}
"""Tells of the first programme too, and of somebody else in the second."""


def _asked(home: Path) -> tuple[Mapping[str, Any], set[str]]:
    """Every answer over the two, and which of the views are tables."""
    with Library(home, linking=False) as library:
        world = library.world(library.names())
        answers = {
            f"{name} {given}": ask(world, name, given, limit=1000).as_dict()
            for name, question in catalogue().items()
            if question.language == "sql"
            for given in ({}, {"place": ["town"]})
            if given.keys() <= question.parameters.keys()
        }
        tables = world.rows("select table_name from duckdb_tables() where schema_name = current_schema()")
        return answers, {row["table_name"] for row in tables} & set(views.COPIED)


def test_copies_answer_as_the_views_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(tmp_path / "home", linking=False) as library:
        library.load(write_dataset(tmp_path / "first", ONE, name="first", prefix=""))
        library.load(write_dataset(tmp_path / "second", OTHER, name="second", prefix="", uses=["first"]))
    answers, copied = _asked(tmp_path / "home")
    assert copied == set(views.COPIED)
    assert len(answers["programmes {}"]["rows"][0]["domains"]) == 2
    monkeypatch.setattr(views, "MOST_COPIED", 1)
    assert _asked(tmp_path / "home") == (answers, set())
