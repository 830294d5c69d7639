"""The views of one world: the tables of several files as one, with what is merged put together."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
STATED = frozenset({"engagement", "lead", "participant", "place_set", "domain_set", "response_set", "target_set"})
"""Tables of the files that a world adds to: there they are called `<name>_stated`, and views.sql makes the whole."""
RANGES = 1 << 62
"""Numbers of things (columns _no, _set) begin below this one; what is moved begins above it."""
ACTORS = {
    "actor": ("part_of",),
    "participation": ("actor",),
    "participant": ("actor",),
    "tie": ("actor", "other"),
    "mandate": ("actor",),
    "commitment": ("state",),
    "counterpart": ("actor",),
    "flow": ("actors",),
    "influence": ("actors",),
    "obstacle": ("actors", "hinders"),
    "observation": ("about",),
    "recommendation": ("proposers", "addressees"),
    "assessment": ("about", "assessors"),
    "statement": ("about", "speakers", "denies"),
    "claim": ("attributed_to",),
    "evidence": ("attributed_to",),
}
"""Columns that name actors, alone or in lists."""
OWN = ("actor", "thing", "name", "identifier", "claim")
"""Tables in which an actor is the id of a row."""
COPIED = ("told_report", "place_set", "effort", "engagement", "lead")
"""Views put together of several tables that nearly every question reads, some of them many times, or of many files: a
table is planned and read sooner."""
MOST_COPIED = 1_000_000
"""Rows of `engagement` up to which these views are copied; a million takes some 0.25 GB in memory."""


def create(
    cursor: duckdb.DuckDBPyConnection,
    catalogs: Sequence[tuple[str, str]],
    links: Sequence[Path],
    merged: Mapping[str, str],
) -> None:
    """Make the views in the schema that `cursor` looks into first.

    catalogs  (dataset, catalog) of each attached file; the first is that of the empty tables
    links     Parquet files that tell which programmes are records of one effort, and what people judged of programmes
    merged    id of an actor -> id under which it is known; none of the latter is merged itself
    """
    cursor.execute("create table merged (id varchar, kept varchar)")
    if merged:
        pairs = [{"id": id_, "kept": kept} for id_, kept in sorted(merged.items())]
        cursor.execute(
            "insert into merged select unnest($pairs::struct(id varchar, kept varchar)[], max_depth := 2)",
            {"pairs": pairs},
        )
    cursor.execute("create table merged_map as select map_from_entries(list((id, kept))) as kept from merged")
    moves = _moves([_first_number(cursor, catalog) for _, catalog in catalogs])
    filled = _filled(cursor)
    for table, columns in _columns(cursor, catalogs[0][1]).items():
        parts = [
            _part(table, columns, dataset, catalog, moved)
            for (dataset, catalog), moved in zip(catalogs, moves, strict=True)
            if (catalog, table) in filled
        ]
        view = " union all ".join(parts or [_part(table, columns, *catalogs[0], 0)])
        if merged:
            view = _merged(table, columns, view)
        cursor.execute(f"create view {f'{table}_stated' if table in STATED else table} as {view}")
    cursor.execute((HERE / "reported.sql").read_text(encoding="utf-8"))
    told = ["reported", *(f"read_parquet({quoted(str(file))})" for file in links)]
    parts = [f"select * from {each}" for each in told]
    cursor.execute("create view told_report as " + " union all by name ".join(parts))
    for step in ("judged.sql", "views.sql", "judged_effort.sql"):
        cursor.execute((HERE / step).read_text(encoding="utf-8"))
    if sum(filled.get((catalog, "engagement"), 0) for _, catalog in catalogs) <= MOST_COPIED:
        for view in COPIED:
            cursor.execute(f"create table copied as from {view}; drop view {view}; alter table copied rename to {view}")


def _first_number(cursor: duckdb.DuckDBPyConnection, catalog: str) -> int:
    found = cursor.execute(f"select first from {catalog}.main.number_range").fetchone()
    return int(found[0]) if found else 0


def _filled(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], int]:
    """How many rows the tables (catalog, name) have, without the empty ones; a view over fewer is planned sooner."""
    found = cursor.execute(
        "select database_name, table_name, estimated_size from duckdb_tables() where estimated_size > 0"
    )
    return {(catalog, table): size for catalog, table, size in found.fetchall()}


def _moves(firsts: Sequence[int]) -> list[int]:
    """By how much the numbers of each file are moved: not at all, but where an earlier file has the same range."""
    return [RANGES - first + (at << 32) if first in firsts[:at] else 0 for at, first in enumerate(firsts)]


def _part(table: str, columns: Mapping[str, str], dataset: str, catalog: str, moved: int) -> str:
    numbered = {c for c in columns if moved and c.endswith(("_no", "_set"))}
    shown = ", ".join(f"{c} + {moved} as {c}" if c in numbered else c for c in columns)
    return f"select {shown}, {quoted(dataset)} as dataset from {catalog}.main.{table}"


def _merged(table: str, columns: Mapping[str, str], view: str) -> str:
    """The view with every merged actor under the id that it is known by.

    What it was called becomes another name of that one, so that a merger changes no label. Rows are split by whether
    their own id is merged, so that looking up an id still reaches into the files.
    """
    changed = {column: _kept(column, columns[column]) for column in ACTORS.get(table, ())}
    rows = (
        f"select stated.* replace ({', '.join(f'{to} as {c}' for c, to in changed.items())})"
        f" from ({view}) as stated, merged_map"
        if changed
        else view
    )
    if table not in OWN:
        return rows
    key = ", md5_number_lower(merged.kept) as id_key"
    own = {
        "thing": f", null as label{key}",
        "claim": key,
        "name": ", case use when 'label' then 'alias' else use end as use",
    }
    return (
        f"select * from ({rows}) as told where id not in (select id from merged)"
        f" union all select told.* replace (merged.kept as id{own.get(table, '')})"
        f" from ({rows}) as told join merged on merged.id = told.id"
    )


def _kept(column: str, kind: str) -> str:
    """What stands for an actor, or for each in a list: looked up row by row, so that rows are filtered before it."""
    if kind.endswith("[]"):
        return f"list_sort(list_distinct(list_transform({column}, lambda each: coalesce(merged_map.kept[each], each))))"
    return f"coalesce((select kept from merged where merged.id = {column}), {column})"


def _columns(cursor: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, dict[str, str]]:
    """The columns of each table of one file, with their types."""
    found = cursor.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = ? and schema_name = 'main' order by table_name, column_index",
        [catalog],
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found.fetchall():
        tables.setdefault(table, {})[column] = kind
    return tables


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
