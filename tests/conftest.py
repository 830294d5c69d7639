"""What many tests stand on: the shipped datasets, loaded once a session, and worlds made of a few rows."""

import csv
import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import settings

from api.settings import Settings
from graph.library import Library
from graph.tables.world import World

# No timing decides a test, and a run can be repeated.
settings.register_profile("concert", deadline=None, derandomize=True)
settings.load_profile("concert")

if "PYTEST_XDIST_WORKER" in os.environ:  # the workers fill the processors; more threads would only take turns
    _connect = duckdb.connect

    def _alone(*given: Any, config: Any = None, **named: Any) -> duckdb.DuckDBPyConnection:
        return _connect(*given, config={**(config or {}), "threads": 1}, **named)

    duckdb.connect = _alone

Sheets = dict[str, list[dict[str, Any]]]
TINY: dict[str, Any] = {"name": "tiny", "title": "A tiny dataset", "publisher": "Nobody", "licence": "CC0-1.0"}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that holds what the project ships. The first worker loads it, the others copy what that one loaded."""
    own = tmp_path_factory.getbasetemp()
    loaded = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shipped"
    with loaded.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            _load_shipped(loaded)
    home = shutil.copytree(loaded, own / "home", ignore=shutil.ignore_patterns("lock"))
    with Settings(home=home).open_library() as library:
        yield library


def _load_shipped(target: Path) -> None:
    settings = Settings(home=target.with_suffix(".draft"))
    with settings.open_library() as library:
        library.ensure(list(settings.shipped))
        library.world(library.names())  # with the links between records
    settings.home.rename(target)


@pytest.fixture(scope="session")
def world(shipped: Library) -> World:
    """What a reader of everything shipped sees."""
    return shipped.world(frozenset(shipped.datasets()))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library(tmp_path / "home") as opened:
        yield opened


def write_dataset(folder: Path, sheets: Sheets, **description: Any) -> Path:
    """Write a dataset of these rows into a folder of its own below `folder`."""
    described = TINY | description
    target = folder / str(described["name"])
    target.mkdir(exist_ok=True, parents=True)
    (target / "dataset.yml").write_text(yaml.safe_dump(described), encoding="utf-8")
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return target


@pytest.fixture
def dataset(tmp_path: Path) -> Callable[..., Path]:
    """Write a dataset folder from rows: `dataset({"actors": [{...}]}, name="other")`."""

    def write(sheets: Sheets, **description: Any) -> Path:
        return write_dataset(tmp_path, sheets, **description)

    return write


def pytest_collection_finish() -> None:
    """What is there by now stays, and tests make graphs of many small objects: the garbage collector looks less."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
