"""The systems that are measured, each behind the same three calls: open a world, give the total, give every row."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import duckdb
import ladybug
import pyoxigraph as ox
import rdflib

from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from ontology.namespaces import short
from tests.benchmarks.cases import Case
from tests.benchmarks.peers.facts import GRAPH
from tests.benchmarks.peers.queries import answers, bound, cypher, query, sparql

PAGE = 100
EVERYTHING = 1 << 40
MEMORY = "2GB"
BUFFERS = 2 << 30
THREADS = 2
Row = dict[str, Any]


class Total(NamedTuple):
    """How many rows an answer has; with `at_least`, that there may be more."""

    rows: int
    at_least: bool = False

    def agrees(self, other: "Total") -> bool:
        """Whether both can be true."""
        if self.at_least:
            return other.rows >= self.rows or other.at_least
        return self.rows >= other.rows if other.at_least else self.rows == other.rows


class System(Protocol):
    """One system with a world open in it. Rows have short ids; columns are named as the question names them."""

    def can(self, question: str) -> bool:
        """Whether it has a query for the question."""

    def total(self, case: Case) -> Total:
        """How many rows the answer has: the call that is timed."""

    def rows(self, case: Case) -> Iterator[Row]:
        """Every row of the answer, for holding one system's against another's."""

    def close(self) -> None:
        """Let go of files and memory."""


class Concert:
    """The questions as a caller asks them: the first page with labels and sources, and the total.

    Records of one effort each count for themselves here, as they do for the peers, who know nothing of double reports.
    """

    def __init__(self, folder: Path) -> None:
        self._library = Library(folder / "home", linking=False)
        self._world = self._library.world(self._library.names())

    def can(self, question: str) -> bool:
        return question in catalogue()

    def total(self, case: Case) -> Total:
        answer = ask(self._world, case.question, {name: [value] for name, value in case.given.items()}, PAGE)
        return Total(answer.total, answer.at_least)

    def rows(self, case: Case) -> Iterator[Row]:
        cursor: str | None = ""
        while cursor is not None:
            given = {name: [value] for name, value in case.given.items()}
            answer = ask(self._world, case.question, given, 10_000, cursor)
            yield from ({name: _id(value) for name, value in row.items() if name != "sources"} for row in answer.rows)
            cursor = answer.next

    def close(self) -> None:
        self._library.__exit__()


def _id(value: Any) -> Any:
    if isinstance(value, list):
        return [_id(each) for each in value]
    return value["id"] if isinstance(value, dict) else value


class Duck:
    """Queries written by hand for just one question each, over integers: the first page in order, and the total."""

    def __init__(self, folder: Path) -> None:
        self._connection = duckdb.connect(
            folder / "facts.duckdb", read_only=True, config={"memory_limit": MEMORY, "threads": THREADS}
        )

    def can(self, question: str) -> bool:
        return answers("sql", question)

    def total(self, case: Case) -> Total:
        found = list(self._found(case, PAGE))
        return Total(int(found[0]["total"]) if found else 0)

    def rows(self, case: Case) -> Iterator[Row]:
        return self._found(case, EVERYTHING)

    def close(self) -> None:
        self._connection.close()

    def _found(self, case: Case, limit: int) -> Iterator[Row]:
        text = query("sql", case)
        found = self._connection.execute(text, bound(case, text, limit=limit))
        names = [column[0] for column in found.description]
        return self.named(case, [dict(zip(names, row, strict=True)) for row in found.fetchall()])

    def named(self, case: Case, rows: list[Row]) -> Iterator[Row]:
        """The rows with ids in place of codes."""
        kinds = catalogue()[case.question].header.columns
        names = list(rows[0]) if rows else []
        coded = [name for name in names if name in kinds and not kinds[name].is_plain]
        ids = self._ids({code for row in rows for name in coded for code in _several(row[name])})
        for row in rows:
            for name in coded:
                value = row[name]
                row[name] = (
                    [ids.get(each, each) for each in value] if isinstance(value, list) else ids.get(value, value)
                )
            yield row

    def _ids(self, codes: set[Any]) -> Mapping[Any, str]:
        wanted = [code for code in codes if isinstance(code, int)]
        found = self._connection.execute(
            "select code, id from thing where code in (select unnest($codes::integer[]))", {"codes": wanted}
        )
        return dict(found.fetchall())


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Oxigraph:
    """The same question in SPARQL on the store that Concert embeds, all claims in one named graph."""

    def __init__(self, folder: Path) -> None:
        self._store = ox.Store.read_only(str(folder / "oxigraph"))
        self._graph = ox.NamedNode(GRAPH)

    def can(self, question: str) -> bool:
        return answers("rq", question)

    def total(self, case: Case) -> Total:
        (row,) = self._solutions(sparql(case, counted=True))
        return Total(int(row["total"].value))

    def rows(self, case: Case) -> Iterator[Row]:
        solutions = self._solutions(sparql(case, counted=False))
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: _plain(term) for name, term in zip(names, solution, strict=True)}

    def close(self) -> None:
        del self._store

    def _solutions(self, text: str) -> ox.QuerySolutions:
        found = self._store.query(text, default_graph=[self._graph])
        assert isinstance(found, ox.QuerySolutions)
        return found


NUMBERS = re.compile(r"(integer|decimal|double|float)$")


def _plain(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return float(term.value) if NUMBERS.search(term.datatype.value) else term.value


class Rdflib:
    """The same SPARQL in rdflib, which holds everything in memory and reads it at each opening."""

    def __init__(self, folder: Path) -> None:
        self._graph = rdflib.Graph()
        self._graph.parse(folder / "claims.nt", format="nt")

    def can(self, question: str) -> bool:
        return answers("rq", question)

    def total(self, case: Case) -> Total:
        return Total(sum(1 for _ in self.rows(case)))

    def rows(self, case: Case) -> Iterator[Row]:
        found = self._graph.query(sparql(case, counted=False))
        names = [str(variable) for variable in found.vars or ()]
        for row in found:
            told = dict(zip(names, map(_python, row), strict=True))  # type: ignore[arg-type]
            if any(value is not None for value in told.values()):  # it makes one empty group of nothing; SPARQL none
                yield told

    def close(self) -> None:
        self._graph.close()


def _python(term: Any) -> Any:
    return short(str(term)) if isinstance(term, rdflib.URIRef) else None if term is None else term.toPython()


class Ladybug:
    """The same question in Cypher on an embedded property graph."""

    def __init__(self, folder: Path) -> None:
        self._database = ladybug.Database(
            folder / "ladybug", buffer_pool_size=BUFFERS, max_num_threads=THREADS, read_only=True
        )
        self._connection = ladybug.Connection(self._database)
        self._names = Duck(folder)

    def can(self, question: str) -> bool:
        return answers("cypher", question)

    def total(self, case: Case) -> Total:
        ((found,),) = self._found(cypher(case, counted=True), case)[1]
        return Total(int(found))

    def rows(self, case: Case) -> Iterator[Row]:
        names, found = self._found(cypher(case, counted=False), case)
        return self._names.named(case, [dict(zip(names, row, strict=True)) for row in found])

    def close(self) -> None:
        self._connection.close()
        self._database.close()
        self._names.close()

    def _found(self, text: str, case: Case) -> tuple[list[str], list[list[Any]]]:
        found = self._connection.execute(text, bound(case, text))
        assert isinstance(found, ladybug.QueryResult)
        return found.get_column_names(), [list(row) for row in found.get_all()]


SYSTEMS: dict[str, Callable[[Path], System]] = {
    "concert": Concert,
    "duckdb": Duck,
    "pyoxigraph": Oxigraph,
    "ladybug": Ladybug,
    "rdflib": Rdflib,
}
