"""The log of refused rows of a loaded dataset, a few rows at a time."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice

from graph.errors import NotFound
from graph.library import Library
from graph.loading import REJECTED
from graph.readers import Rejected
from graph.tables.world import World
from graph.writers.answers import inert

TOGETHER = 500
"""Rows that are sent at once."""

COLUMNS = tuple(field.name for field in fields(Rejected))
Log = Iterator[list[str]]


def log_of(library: Library, world: World, dataset: str) -> Log:
    """The rows of the log, opened at once and read as they are asked for. Raises NotFound."""
    version = world.datasets.get(dataset)
    try:
        if version is None:
            raise FileNotFoundError
        file = (library.home.folder(dataset, version) / REJECTED).open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise NotFound(
            f"there is no log of {dataset!r}", given=dataset, expected="one of " + ", ".join(world.datasets)
        ) from None
    return _rows(file)


def _rows(file: io.TextIOWrapper) -> Log:
    with file:
        rows = csv.reader(file)
        next(rows, None)  # the header
        yield from rows


def as_csv(log: Log) -> Iterator[bytes]:
    """The log as CSV. What came may be anything, so a text that a spreadsheet would run gets a leading quote."""
    yield _csv([COLUMNS])
    while rows := list(islice(log, TOGETHER)):
        yield _csv([[inert(cell) for cell in row] for row in rows])


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def as_json(log: Log, dataset: str, version: str) -> Iterator[bytes]:
    """The log as one JSON object."""
    head = json.dumps({"dataset": dataset, "version": version})
    yield f'{head[:-1]}, "rejected": ['.encode()
    between = ""
    while rows := list(islice(log, TOGETHER)):
        told = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
        yield (between + ",\n".join(json.dumps(row | {"row": int(row["row"])}) for row in told)).encode()
        between = ",\n"
    yield b"]}"
