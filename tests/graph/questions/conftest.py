"""Small worlds that a test draws or writes row by row, read by the real reader into the real tables."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.world import World
from tests.graph.questions.little import Worlds

Sheets = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., World]]:
    """Load rows and give the world that they make: `drawn(sheets)`, or with other datasets `drawn(sheets, b=...)`.

    Slugs are bare. Every dataset cites the one source `paper`, and the second and later ones may use the first.
    """
    folder = tmp_path_factory.mktemp("drawn")
    with Library(folder / "home", linking=False) as library:

        def load(sheets: Sheets, **others: Sheets) -> World:
            for name in reversed(library.datasets()):
                library.unload(name)
            for name, rows in ({"drawn": sheets} | others).items():
                uses = ["drawn"] if name != "drawn" else []
                library.load(
                    _write(folder / name, name, {"sources": [{"id": f"paper-{name}", "name": "Paper"}], **rows}, uses)
                )
            return library.world(frozenset({"drawn", *others}))

        yield load


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """Makes worlds of a few rows."""
    made = Worlds(tmp_path_factory.mktemp("worlds"))
    yield made
    made.tables.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library in which each record counts for itself."""
    with Library(tmp_path / "home", linking=False) as opened:
        yield opened


def _write(folder: Path, name: str, sheets: Sheets, uses: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    described = {"name": name, "title": name, "publisher": "Nobody", "licence": "CC0-1.0", "prefix": ""}
    described |= {"source": f"paper-{name}", "uses": uses}
    (folder / "dataset.yml").write_text(yaml.safe_dump(described), encoding="utf-8")
    for sheet, rows in ({"sources": [{"id": f"paper-{name}", "name": "Paper"}]} | sheets).items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if columns:
            with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
    return folder


@pytest.fixture(scope="session")
def rows() -> Callable[..., list[dict[str, Any]]]:
    """Ask and get rows with slugs for things and claims for sources: `rows(world, "overlaps", place="tj")`."""

    def told(world: World, question: str, **given: str) -> list[dict[str, Any]]:
        answer = ask(world, question, {name: value.split(";") for name, value in given.items()}, limit=10_000)
        for row in answer.rows:
            row["sources"] = [source["claim"] for source in row["sources"]]
        return [{name: _slug(value) for name, value in row.items()} for row in answer.rows]

    return told


def _slug(value: Any) -> Any:
    if isinstance(value, list):
        return [_slug(part) for part in value]
    return value["id"].partition("/")[2] if isinstance(value, dict) and "id" in value else value
