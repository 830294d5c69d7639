"""A part as Parquet: a ZIP of a file a table, with a data dictionary that has a sentence for every column.

DuckDB writes the files itself, a row group at a time; they stand in a temporary folder until they are packed.
"""

import csv
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from rdflib import SKOS, URIRef

from graph.readers.layout import sheets
from graph.tables.engine import rows
from graph.tables.small_counts import QUERY
from graph.writers.part import Part, Told, query
from ontology.vocabulary import load

DICTIONARY = Path(__file__).with_name("dictionary.yml")
WHEN = (2003, 5, 14, 0, 0, 0)
"""The date of every file in the archive, so that equal parts give equal bytes."""

KEYS = {"place_within": "place", "within": "place", "actor_within": "actor", "merged": "kept"}
"""Tables of a part that go by another column than `id`."""

PROGRAMMES = {
    "presence": ("programme",),
    "counterpart": ("programme",),
    "relation": ("programme", "other"),
    "double_report": ("a", "b"),
}
"""Tables of which the rows belong to the programmes of the part, by any of these columns."""

CODES = ("concept", "concept_within", "expectation")
"""Tables that go out whole: a code means nothing without its list."""

TOLD = {
    "observation": "parquet_observation",
    "claim": "parquet_claim",
    "thing": "parquet_thing",
    "name": "parquet_name",
}
"""Tables that hold small counts, or the words about them: the queries that leave these out."""

INTERNAL = ("_no", "_set", "_key")
"""Endings of the columns of numbers by which tables are joined and searched inside; they mean nothing elsewhere."""


@cache
def dictionary() -> dict[str, dict[str, str]]:
    """The sentences of `dictionary.yml`: of the tables, those left out, and columns the ontology does not define."""
    raw: dict[str, dict[str, str]] = yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))
    return raw


def meaning(table: str, column: str) -> str:
    """What a column holds, in a sentence; empty where nobody has written one.

    The dictionary's word on this column, or on every column of the name, goes before the ontology's on the property.
    """
    told = dictionary()["columns"]
    if f"{table}.{column}" in told or column in told:
        return told.get(f"{table}.{column}") or told[column]
    sheet = next((sheet for sheet in sheets().values() if sheet.kind == table), None)
    found = next((c for c in _spellings(column) if sheet and c in sheet.columns), None)
    if sheet is None or found is None:
        return ""
    return str(load().value(URIRef(sheet.columns[found].property), SKOS.definition) or "")


def _spellings(column: str) -> tuple[str, ...]:
    """The names that a column of a table has in its sheet: lists are plural there or not."""
    return (column, column.removesuffix("s"), f"{column}s", column.removesuffix("_on") if "_on" in column else "on")


def write_parquet(part: Part, out: BinaryIO) -> Told:
    """The archive: `<table>.parquet` for each table that the world has, `data-dictionary.csv` and `README.txt`."""
    written: dict[str, int] = {}
    described: list[dict[str, str]] = []
    _make_small(part)
    with (
        tempfile.TemporaryDirectory(prefix="concert-") as folder,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
    ):
        tables = dictionary()["tables"]
        for done, (table, about) in enumerate(tables.items()):
            part.advance(done / len(tables))
            columns = _columns(part, table)
            if not columns:
                continue
            file = Path(folder) / f"{table}.parquet"
            written[table] = _copy(part, table, [name for name, _ in columns], file)
            _pack(archive, file.name, file)
            file.unlink()
            described += [
                {"table": table, "about": about, "column": name, "type": type_, "meaning": meaning(table, name)}
                for name, type_ in columns
            ]
        _pack(archive, "data-dictionary.csv", _csv(described))
        _pack(archive, "README.txt", "\n".join([*part.notice(part.claiming), ""]).encode())
    return Told(written)


def _make_small(part: Part) -> None:
    part.cursor.execute(f"create temp table small as {QUERY}")


def _columns(part: Part, table: str) -> list[tuple[str, str]]:
    """Name and type of each column of a table, as far as they mean anything outside."""
    found = rows(
        part.cursor,
        "select column_name, data_type from duckdb_columns() where schema_name = $schema and table_name = $table "
        "order by column_index",
        {"schema": part.world.schema.name, "table": table},
    )
    return [(r["column_name"], r["data_type"]) for r in found if not r["column_name"].endswith(INTERNAL)]


def _copy(part: Part, table: str, columns: list[str], file: Path) -> int:
    """Write the rows of a table that belong to the part; how many there are."""
    select, params = _select(part, table, columns)
    order = ", ".join(f'"{name}"' for name in columns)
    target = str(file).replace("'", "''")
    copied = part.cursor.execute(
        f"copy ({select} order by {order}) to '{target}' (format parquet, compression zstd)",
        params or None,
    ).fetchone()
    return int(copied[0]) if copied else 0


def _select(part: Part, table: str, columns: list[str]) -> tuple[str, dict[str, Any]]:
    shown = ", ".join(f'"{name}"' for name in columns)
    origin = f'"{table}"' if table not in TOLD else f"({query(TOLD[table])})"
    conditions, params = [], {}
    if not part.whole and "dataset" in columns and part.parameters["dataset"] is not None:
        conditions.append("list_contains($dataset::varchar[], dataset)")
        params["dataset"] = part.parameters["dataset"]
    if table in PROGRAMMES and not part.whole:
        of_part = [f"{column} in (select id from part)" for column in PROGRAMMES[table]]  # noqa: S608 - names of ours
        conditions.append(f"({' or '.join(of_part)})")
    elif not part.by_dataset and table not in CODES:
        conditions.append(_belonging(table))
    where = f" where {' and '.join(conditions)}" if conditions else ""
    return f"select {shown} from {origin}{where}", params  # noqa: S608 - names of tables and columns of our own


def _belonging(table: str) -> str:
    """What tells that a row of a table is of the part."""
    if table in ("dataset_description", "coverage"):
        return "dataset in (select dataset from thing where id in (select id from part_thing))"
    key = KEYS.get(table, "id")
    return f"{key} in (select id from part_thing)"  # noqa: S608 - a name of ours


def _csv(described: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(described[0]) if described else [])
    writer.writeheader()
    writer.writerows(described)
    return text.getvalue().encode()


def _pack(archive: zipfile.ZipFile, name: str, content: Path | bytes) -> None:
    info = zipfile.ZipInfo(name, WHEN)
    with archive.open(info, "w", force_zip64=True) as member:
        if isinstance(content, bytes):
            member.write(content)
            return
        with content.open("rb") as file:
            while block := file.read(1 << 20):
                member.write(block)
