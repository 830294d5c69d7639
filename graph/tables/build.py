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
from graph.tables.views import quoted

STAGES = tuple(sorted((Path(__file__).parent / "projection").glob("*.sql")))
"""In their order: 0 reads the claims, 1 and 2 look at one subject at a time, 3 at what those have made."""
CARRIED = ("stated_programme", "stated_side")
"""What a stage of 2 makes for those of 3, and what is not kept."""
STATED_BY_NO_SHEET = (("con:Dataset", "dataset"), ("con:Coverage", "coverage"), ("con:Judgement", "judgement"))

PART = 100_000_000
"""Bytes of a compressed snapshot that are projected at a time: text that is gathered of subjects can't be spilt."""
MEMORY = "700MB"
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
    with duckdb.connect(config=config) as connection:
        connection.execute(f"attach {quoted(str(target))} as built; use built")
        connection.execute("set enable_progress_bar = false")
        connection.execute("create temp table class_kind (class varchar, kind varchar)")
        fill(connection, "class_kind", class_kinds())
        connection.execute("set variable claims = $claims", {"claims": str(claims)})
        connection.execute("set variable first = $first::bigint", {"first": first_number(claims.parent)})
        parts = 1 + claims.stat().st_size // PART
        connection.execute("set variable parts = $parts::bigint", {"parts": parts})
        try:
            _run(connection, "0")
            _refuse_what_is_no_claim(connection, claims)
            if parts == 1:
                connection.execute("create temp view triple as from staged")
                _run(connection, "1", "2")
            else:
                _in_parts(connection, parts)
            _run(connection, "3")
        except duckdb.DataError as error:
            raise InvalidData(f"a value does not fit its column: {error}", where=str(claims)) from error
        connection.execute("checkpoint built")


def _refuse_what_is_no_claim(connection: duckdb.DuckDBPyConnection, claims: Path) -> None:
    broken = connection.execute("select count(*) from staged where s = ''").fetchone()
    if broken and broken[0]:
        raise InvalidData(
            f"{broken[0]} lines of {claims} are not claims",
            where=str(claims),
            expected="N-Quads with an IRI as subject",
        )


def _run(connection: duckdb.DuckDBPyConnection, *steps: str) -> None:
    for stage in STAGES:
        if stage.name[0] in steps:
            connection.execute(stage.read_text(encoding="utf-8"))


def _in_parts(connection: duckdb.DuckDBPyConnection, parts: int) -> None:
    """Project the subjects of one part after the other into tables of their own, then put these together."""
    connection.execute("attach ':memory:' as aside")
    for part in range(parts):
        connection.execute(f"create or replace temp table triple as select * from staged where part = {part}")  # noqa: S608
        connection.execute(f"create schema aside.part_{part}; use aside.part_{part}")
        _run(connection, "1", "2")
        for name in CARRIED:
            connection.execute(f"create table {name} as from temp.{name}")
        connection.execute("use built")
    connection.execute("drop table triple; drop table typed")
    made = connection.execute("select table_name from duckdb_tables() where schema_name = 'part_0'").fetchall()
    for (name,) in sorted(made):
        kind = "or replace temp table" if name in CARRIED else "table"
        connection.execute(f"create {kind} {name} as from aside.part_0.{name}")
        for part in range(1, parts):
            connection.execute(f"insert into {name} from aside.part_{part}.{name}")
            connection.execute(f"drop table aside.part_{part}.{name}")
