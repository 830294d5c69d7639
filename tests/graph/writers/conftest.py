"""A world written out and read into a fresh home, for the tests of the formats."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.datasets.description import File
from graph.datasets.snapshot import CLAIMS
from graph.library import Library
from graph.writers.export import EXPORTS, export
from graph.writers.part import Told

REFERENCE = Path(__file__).parents[3] / "data" / "reference"

PRESENCES = """
select distinct
    presence.actor, actor.label as actor_label, role, presence.programme, programme.label as programme_label,
    place, domain, response, target, status,
    cast(from_date as varchar) as from_date, cast(to_date as varchar) as to_date
from presence
left join label as actor on actor.id = presence.actor
left join label as programme on programme.id = presence.programme
where presence.dataset = $dataset
"""

Presence = dict[str, Any]


def presences(library: Library, dataset: str = "back") -> list[Presence]:
    """Every presence that a dataset of a library claims, in the light of the reference data."""
    return library.world(frozenset({"reference", dataset})).rows(PRESENCES, {"dataset": dataset})


def told(found: list[Presence], *without: str) -> set[tuple[Any, ...]]:
    """Presences as a set, ids of actors and programmes left out, which a file of another dataset has of its own."""
    left = {"actor", "programme", *without}
    return {tuple(value for name, value in row.items() if name not in left) for row in found}


def loaded(library: Library, file: Path, name: str = "back") -> list[Presence]:
    """The presences of a file, loaded beside the reference data; not one row may be refused."""
    library.load_file(file, File(file=file.name), name=name, reject_share=0)
    return presences(library, name)


def folder_of(folder: Path, sheets: dict[str, list[dict[str, str]]], **described: Any) -> Path:
    """Write a dataset folder from rows, called after the folder."""
    folder.mkdir()
    said = {"name": folder.name, "title": "Drawn", "publisher": "Nobody", "licence": "CC0-1.0", "prefix": ""}
    (folder / "dataset.yml").write_text(yaml.safe_dump(said | described), encoding="utf-8")
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row)) or ["id"]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., tuple[Path, Told]]:
    """Write what everybody may see of a library: `write(library, "hxl", {"place": ["TJ"]}, names)`."""

    def to_file(
        library: Library,
        name: str,
        given: Mapping[str, Sequence[str]] | None = None,
        names: frozenset[str] | None = None,
    ) -> tuple[Path, Told]:
        world = library.world(library.names() if names is None else names)
        snapshots = {each: library.home.folder(each, version) / CLAIMS for each, version in world.datasets.items()}
        file = tmp_path / f"out-{name}{EXPORTS[name].suffix}"
        with file.open("wb") as out:
            return file, export(world, name, given or {}, snapshots, out)

    return to_file


@pytest.fixture(scope="package")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A home that knows the reference data only; each file that comes in is a dataset beside it."""
    with Library(tmp_path_factory.mktemp("receiver"), linking=False) as library:
        library.ensure([REFERENCE])
        yield library


@pytest.fixture
def read(receiver: Library) -> Iterator[Callable[[Path], Library]]:
    """Load a file as the dataset `back`, which uses the reference data alone; not one row may be refused."""

    def from_file(file: Path) -> Library:
        receiver.load_file(file, File(file=file.name), name="back", reject_share=0)
        return receiver

    yield from_file
    if "back" in receiver.names():
        receiver.unload("back")
