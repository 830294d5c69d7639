"""Project one snapshot into a file of tables, which is never changed afterwards."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from graph.errors import InvalidData
from graph.readers.layout import sheets

STAGES = tuple(sorted((Path(__file__).parent / "projection").glob("*.sql")))
STATED_BY_NO_SHEET = (("con:Dataset", "dataset"), ("con:Coverage", "coverage"), ("con:Judgement", "judgement"))

MEMORY = "1GB"
"""What a projection may hold in memory; beyond it DuckDB spills to the disk beside the target."""


@cache
def class_kinds() -> tuple[tuple[str, str], ...]:
    """Every class that a thing can have, with the kind that its id carries."""
    found = {(f"con:{name}", sheet.kind) for sheet in sheets().values() for name in sheet.classes()}
    return (*sorted(found), *STATED_BY_NO_SHEET)


@cache
def file_name() -> str:
    """The name of a tables file: it changes with the projection, so tables of an older one are made again."""
    digest = hashlib.sha256(repr(class_kinds()).encode())
    for stage in STAGES:
        digest.update(stage.read_bytes())
    return f"tables-{digest.hexdigest()[:12]}.duckdb"


def first_number(version: Path) -> int:
    """Where the numbers of a version begin, by its name: ranges of 2^32 numbers, of which there are 2^30.

    Two versions of one world hardly ever share one; graph/tables/views.py moves the second where they do.
    """
    digest = hashlib.sha256(f"{version.parent.name}/{version.name}".encode()).digest()
    return (1 + int.from_bytes(digest[:4], "big") % ((1 << 30) - 1)) << 32


def build(claims: Path, target: Path) -> None:
    """Write the tables of the snapshot `claims` to the DuckDB file `target`: whole, or not at all.

    Raises InvalidData when the snapshot has a line that is no claim or a value that its column can't hold.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        _project(claims, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        shutil.rmtree(f"{draft}.spill", ignore_errors=True)


def fill(connection: duckdb.DuckDBPyConnection, table: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into a table of ours, all in one statement: one for each takes a hundred times as long."""
    marks = ", ".join(f"({', '.join('?' * len(row))})" for row in values)
    given = [value for row in values for value in row]
    connection.execute(f"insert into {table} values {marks}", given)  # noqa: S608 - the table is ours, values are bound


def _project(claims: Path, target: Path) -> None:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": f"{target}.spill",
    }
    with duckdb.connect(target, config=config) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("create temp table class_kind (class varchar, kind varchar)")
        fill(connection, "class_kind", class_kinds())
        connection.execute("set variable claims = $claims", {"claims": str(claims)})
        connection.execute("set variable first = $first::bigint", {"first": first_number(claims.parent)})
        try:
            for stage in STAGES:
                connection.execute(stage.read_text(encoding="utf-8"))
        except duckdb.DataError as error:
            raise InvalidData(f"a value does not fit its column: {error}", where=str(claims)) from error
        broken = connection.execute("select count(*) from triple where s = ''").fetchone()
        if broken and broken[0]:
            raise InvalidData(
                f"{broken[0]} lines of {claims} are not claims",
                where=str(claims),
                expected="N-Quads with an IRI as subject",
            )
        connection.execute("checkpoint")
