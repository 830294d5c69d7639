"""The embedded store: Oxigraph in this process, on disk, one writer."""

import io
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat

from graph.errors import InvalidData, Locked, QueryError, StoreUnavailable
from graph.store import DEFAULT_LIMITS, GRAPH_TYPES, SOLUTION_TYPES, Limits, Reply, Term
from graph.store.door import check, misread
from graph.store.marks import HELD, IS, NAMED_GRAPH, mark, named
from graph.store.snapshot import CHUNK, Chunks, triples
from graph.store.views import Queries, Views

_BATCH = 50_000


class EmbeddedStore:
    """A `graph.store.Store` in the folder `path`; without one, in a temporary folder that `close` deletes.

    Bulk loading isn't transactional, so a graph counts only once a mark says that all of it is there. What a killed
    process left unmarked is cleared on opening. Raises Locked if another process has the folder open.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="concert-") if path is None else None
        folder = Path(self._temporary.name) if self._temporary else Path(path or ".").resolve()
        self._quads = _open(folder)
        self._writing = threading.Lock()
        marks = self._quads.quads_for_pattern(None, IS, NAMED_GRAPH, HELD)
        self._held = frozenset(quad.subject.value for quad in marks if isinstance(quad.subject, NamedNode))
        for graph in list(self._quads.named_graphs()):
            if isinstance(graph, NamedNode) and graph != HELD and graph.value not in self._held:
                self._clear(graph)
        self._views = Views(self._quads, folder / "views", self._held)
        self._queries = Queries(self._views)

    def graphs(self) -> frozenset[str]:
        return self._held

    def add(self, graph: str, snapshot: Path) -> None:
        name = named(graph)
        with self._writing:
            if graph in self._held:
                return
            self._quads.add_graph(name)  # a trace for the next opening, should this process be killed from here on
            try:
                stream = io.BufferedReader(Chunks(triples(graph, snapshot)), CHUNK)
                self._quads.bulk_load(stream, RdfFormat.N_TRIPLES, to_graph=name)
            except BaseException as error:
                self._clear(name)
                if isinstance(error, SyntaxError):
                    raise InvalidData(f"Not N-Quads: {error}", where=snapshot.name) from error
                raise
            self._quads.add(mark(name))
            self._quads.flush()
            self._hold(self._held | {graph})

    def remove(self, graph: str) -> None:
        name = named(graph)
        with self._writing:
            if graph not in self._held:
                return
            self._quads.remove(mark(name))
            self._hold(self._held - {graph})
            self._clear(name)
            self._quads.flush()
            self._views.renew(self._held)  # or the last view would keep the space

    def query(
        self,
        text: str,
        graphs: frozenset[str],
        accept: Sequence[str] = SOLUTION_TYPES + GRAPH_TYPES,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Reply:
        check(text)
        return self._queries.run(text, graphs, accept, limits)

    def rows(self, text: str, graphs: frozenset[str]) -> Iterator[dict[str, Term]]:
        solutions = None
        seen = graphs
        while solutions is None or not seen <= self._held:  # a graph went while the query began: it may be half gone
            seen = graphs & self._held
            world = [NamedNode(graph) for graph in sorted(seen)]
            try:
                solutions = self._quads.query(text, default_graph=[*world], named_graphs=[*world])
            except SyntaxError as error:
                raise misread(str(error)) from error
        if not isinstance(solutions, QuerySolutions):
            raise QueryError("Only SELECT has rows")
        variables = solutions.variables
        for solution in solutions:
            yield {name.value: term for name, term in zip(variables, solution, strict=True) if term is not None}

    def close(self) -> None:
        """Release the folder for another process; the last reader of the rows of this store must be done."""
        with self._writing:
            self._views.renew(frozenset())
            del self._quads, self._views, self._queries
            if self._temporary:
                self._temporary.cleanup()

    def _hold(self, graphs: frozenset[str]) -> None:
        self._held = graphs
        self._views.renew(graphs)

    def _clear(self, graph: NamedNode) -> None:
        """Delete in batches: one transaction over a large graph takes twice the time, and memory without bound."""
        quads = f"GRAPH {graph} {{ ?s ?p ?o }}"
        batch = f"DELETE {{ {quads} }} WHERE {{ SELECT * {{ {quads} }} LIMIT {_BATCH} }}"  # a typed term
        while next(self._quads.quads_for_pattern(None, None, None, graph), None):
            self._quads.update(batch)
        self._quads.remove_graph(graph)


def _open(folder: Path) -> pyoxigraph.Store:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return pyoxigraph.Store(folder / "quads")
    except OSError as error:
        if "lock" in str(error).lower():
            raise Locked("Another process has the store open", where=str(folder)) from error
        raise StoreUnavailable(f"The store can't be opened: {error}", where=str(folder)) from error
