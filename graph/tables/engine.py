"""The tables of many datasets behind one connection, and what a reader of some of them sees.

Every dataset version is a file of its own, attached read-only: loading or unloading one touches no other, and
several processes can read at once. A reader's world is a schema of views over the files that it may see.
"""

import contextlib
import hashlib
import itertools
import re
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import zstandard

from graph.errors import TooLarge
from graph.tables.build import build, fill
from graph.tables.folding import folded
from graph.tables.turns import Turns
from graph.tables.views import create, quoted
from ontology.vocabulary import concepts, expectations

MOST_KEPT = 128
"""Tables that are kept for one world beside its views."""
MOST_REMEMBERED = 20_000
"""Ids, and about as many labels, that are remembered for one world."""

Params = Mapping[str, Any]
Row = dict[str, Any]
Made = TypeVar("Made")


class Schema:
    """The views of one set of files. It lives while anybody reads in it, then its views go.

    kept    the tables besides that were made of what the views show
    known   ids that were found in them
    labels  of ids that were asked for, None where there is none
    making  held while one is made
    """

    def __init__(self, name: str, files: frozenset[Path]) -> None:
        self.name = name
        self.files = files
        self.kept: set[str] = set()
        self.known: set[str] = set()
        self.labels: dict[str, str | None] = {}
        self.making = threading.Lock()


class Tables:
    """The attached files and the schemas made over them. Safe to use from several threads.

    memory_limit  what all queries together may take; what needs more is spilt to disk where it can be
    threads       how many work on one query
    turns         queries that run at once, others wait: each has its share of the memory, and more would be no quicker
    """

    def __init__(self, memory_limit: str = "1GB", threads: int = 2, turns: int = 2) -> None:
        self._all = turns
        self._turns = Turns(turns)
        self._gathering = threading.Lock()
        self._scratch = tempfile.TemporaryDirectory(prefix="concert-")
        self._connection = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "threads": threads,
                "temp_directory": self._scratch.name,
                "max_temp_directory_size": "4GB",
                "autoinstall_known_extensions": False,
            }
        )
        # Views over many files leave DuckDB guessing at sizes, and its guesses have cost minutes: joins are made in the
        # order in which a query states them.
        self._connection.execute("set global disabled_optimizers = 'join_order'")
        self._lock = threading.RLock()
        self._attached: dict[Path, str] = {}
        self._current: dict[str, Schema] = {}
        self._alive: weakref.WeakSet[Schema] = weakref.WeakSet()
        self._made = itertools.count(1)
        self._empty = Path(self._scratch.name) / "empty.duckdb"
        self._empty.write_bytes(_empty())
        empty = self._attach(self._empty)
        self._connection.execute("create schema ontology")
        for table in ("concept", "concept_within", "expectation"):
            self._connection.execute(f"create table ontology.{table} as from {empty}.ontology.{table}")

    def close(self) -> None:
        """Detach everything."""
        with self._lock:
            self._current.clear()
            self._connection.close()
            self._scratch.cleanup()

    def schema(
        self, files: Mapping[str, Path], links: Sequence[Path] = (), merged: Mapping[str, str] | None = None
    ) -> Schema:
        """The schema in which exactly the datasets `files` (name -> tables file) are seen.

        links   Parquet files that tell which of their programmes are records of one effort
        merged  id of an actor -> id under which it is known
        """
        key = repr((sorted(files.items()), sorted(links), sorted((merged or {}).items())))
        with self._lock:
            if key not in self._current:
                self._current[key] = self._make(files, links, merged or {})
            return self._current[key]

    def forget(self) -> None:
        """Make schemas anew from now on; those that are being read in last until their readers are done."""
        with self._lock:
            self._current.clear()

    @contextmanager
    def reading(self, schema: Schema) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in which unqualified names are those of `schema`."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"set search_path = '{schema.name}'; set enable_progress_bar = false")
            yield cursor

    @contextmanager
    def asking(self, schema: Schema, alone: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor as `reading` gives it, for one short piece of work, as soon as it is this one's turn.

        alone  it is its turn when nobody else asks, so that it has all the memory

        Nothing inside may ask again, or it could wait for itself. Raises TooLarge where the memory does not do.
        """
        with self._turn(alone), self.reading(schema) as cursor:
            try:
                yield cursor
            except duckdb.OutOfMemoryException as error:
                raise TooLarge(
                    "that needs more memory than a question may take",
                    expected="narrower parameters: a place, a domain or a dataset",
                ) from error

    def ask(self, schema: Schema, work: Callable[[duckdb.DuckDBPyConnection], Made]) -> Made:
        """What the work gives with a cursor as `asking` has it; what lacks memory beside others is done again alone.

        Raises TooLarge where the memory does not do even then.
        """
        try:
            with self.asking(schema) as cursor:
                return work(cursor)
        except TooLarge:
            with self.asking(schema, alone=True) as cursor:
                return work(cursor)

    @contextmanager
    def _turn(self, alone: bool) -> Iterator[None]:
        """A turn, or with `alone` all of them; they are gathered by one at a time, or two would wait for each other."""
        with contextlib.ExitStack() as held:
            if alone:
                held.enter_context(self._gathering)
            for _ in range(self._all if alone else 1):
                held.enter_context(self._turns)
            yield

    def keep(self, schema: Schema, select: str, params: Params) -> str | None:
        """The name of a table in `schema` with the rows that `select` finds in it; made where it is not there yet.

        It goes with the schema, which has MOST_KEPT of them: then this is None. Raises TooLarge as `asking` does.
        """
        sql, left = bound(select, params)
        name = f"kept_{hashlib.sha256(f'{sql} {left}'.encode()).hexdigest()[:16]}"
        with schema.making:
            if name not in schema.kept and len(schema.kept) >= MOST_KEPT:
                return None
            if name not in schema.kept:
                self.ask(schema, lambda cursor: cursor.execute(f"create table {name} as {sql}", left))
                schema.kept.add(name)
        return name

    def _make(self, files: Mapping[str, Path], links: Sequence[Path], merged: Mapping[str, str]) -> Schema:
        catalogs = [("", self._attach(self._empty)), *((n, self._attach(file)) for n, file in sorted(files.items()))]
        schema = Schema(f"world_{next(self._made)}", frozenset(files.values()))
        with self._connection.cursor() as cursor:
            cursor.execute(f"create schema {schema.name}")
            cursor.execute(f"set search_path = '{schema.name}'")
            create(cursor, catalogs, links, merged)
        self._alive.add(schema)
        weakref.finalize(schema, self._drop, schema.name, schema.files).atexit = False
        return schema

    def _drop(self, name: str, files: frozenset[Path]) -> None:
        with self._lock, contextlib.suppress(duckdb.ConnectionException), self._connection.cursor() as cursor:
            cursor.execute(f"drop schema {name} cascade")
            unread = files.difference(*(schema.files for schema in self._alive))
            for file in unread & self._attached.keys():  # a schema that died with this one may have been first
                cursor.execute(f"detach {self._attached.pop(file)}")

    def _attach(self, file: Path) -> str:
        if file not in self._attached:
            catalog = f"file_{next(self._made)}"
            self._connection.execute(f"attach {quoted(str(file))} as {catalog} (read_only)")
            self._attached[file] = catalog
        return self._attached[file]


@cache
def _empty() -> bytes:
    """A file of tables without a row, which give the columns to a reader who may see nothing, and of the ontology's."""
    with tempfile.TemporaryDirectory(prefix="concert-") as folder:
        claims, target = Path(folder) / "empty.nq.zst", Path(folder) / "empty.duckdb"
        claims.write_bytes(zstandard.compress(b""))
        build(claims, target)
        with duckdb.connect(target) as connection:
            _add_ontology(connection)
        return target.read_bytes()


@cache
def concept_within() -> tuple[tuple[str, str, int], ...]:
    """Each concept with every broader one, and how many steps up that is; itself at 0."""
    known = {concept.id: concept for concept in concepts()}
    depths: dict[tuple[str, str], int] = {}
    for concept in known.values():
        reached, depth = {concept.id}, 0
        while reached:
            for ancestor in reached:
                depths.setdefault((concept.id, ancestor), depth)
            reached, depth = {b for id_ in reached for b in known[id_].broader}, depth + 1
    return tuple((*pair, depth) for pair, depth in depths.items())


def _add_ontology(connection: duckdb.DuckDBPyConnection) -> None:
    """The code lists and the expected responses as tables of the schema `ontology`."""
    connection.execute((Path(__file__).parent / "ontology.sql").read_text(encoding="utf-8"))
    fill(connection, "ontology.concept", [(c.id, c.scheme, c.label, c.definition) for c in concepts()])
    fill(connection, "ontology.concept_within", concept_within())
    fill(
        connection,
        "ontology.expectation",
        [(e.id, e.domain, e.place_role, e.response, e.weight, e.reason, e.basis) for e in expectations()],
    )


def bound(sql: str, params: Params) -> tuple[str, dict[str, Any] | None]:
    """`sql` without its conditions on parameters that are None, and the parameters that are left in it."""
    text = folded(sql, frozenset(name for name, value in params.items() if value is None))
    left = {name: value for name, value in params.items() if value is not None or re.search(rf"\${name}\b", text)}
    return text, left or None


def run(cursor: duckdb.DuckDBPyConnection, sql: str, params: Params | None = None) -> duckdb.DuckDBPyConnection:
    """Run one statement with bound parameters; the cursor has what it gives."""
    text, left = bound(sql, params or {})
    return cursor.execute(_parsed(text), left)


@lru_cache(maxsize=2_000)
def _parsed(sql: str) -> duckdb.Statement:
    """Questions are long and asked again and again: reading their text takes a tenth of the time of a small one."""
    (statement,) = duckdb.extract_statements(sql)
    return statement


def rows(cursor: duckdb.DuckDBPyConnection, sql: str, params: Params | None = None) -> list[Row]:
    """Run `sql` with bound parameters and give its rows as dictionaries."""
    found = run(cursor, sql, params)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
