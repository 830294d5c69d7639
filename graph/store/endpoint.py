"""The store behind HTTP: any SPARQL 1.1 service that has the Query, Update and Graph Store protocols."""

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from graph.errors import ConcertError, InvalidData, NotAcceptable, QueryError, StoreUnavailable, Timeout, TooLarge
from graph.store import DEFAULT_LIMITS, GRAPH_TYPES, SOLUTION_TYPES, Limits, Reply, Term
from graph.store.door import check, misread
from graph.store.marks import HELD, IS, NAMED_GRAPH, mark, named
from graph.store.snapshot import CHUNK, Chunks, triples

_NOTHING = "https://w3id.org/concert/id/graph/none"
"""A graph that nobody makes. To name no graph at all would mean the service's own default, often all of them."""

_PATIENT = httpx.Timeout(10.0, read=None, write=None)
"""For what we ask ourselves: loading and removing answer when they are done, which may be minutes later."""


class EndpointStore:
    """A `graph.store.Store` on a service that others run. The client carries its credentials; `close` closes it.

    A graph counts once it is marked. What a killed process left unmarked stays unseen, and the next `add` replaces
    it; opening sweeps nothing, for another process may be loading. The service must honour the protocol's dataset
    parameters over the text's FROM, as the specification has it: what readers may see rests on that.
    """

    def __init__(self, query_url: str, update_url: str, graphs_url: str, client: httpx.Client) -> None:
        self._query_url = query_url
        self._update_url = update_url
        self._graphs_url = graphs_url
        self._client = client

    def graphs(self) -> frozenset[str]:
        marked = self._select(f"SELECT ?graph {{ ?graph {IS} {NAMED_GRAPH} }}", [HELD.value])
        return frozenset(row["graph"].value for row in marked if isinstance(row["graph"], NamedNode))

    def add(self, graph: str, snapshot: Path) -> None:
        name = named(graph)
        if graph in self.graphs():
            return
        load = {"params": {"graph": graph}, "headers": {"Content-Type": "application/n-triples"}}
        try:
            with self._request("PUT", self._graphs_url, _PATIENT, content=triples(graph, snapshot), **load):
                pass
        except QueryError as error:
            raise InvalidData(f"The service refused the data: {error.message}", where=snapshot.name) from error
        self._update(f"INSERT DATA {{ {_inside(mark(name).triple)} }}")

    def remove(self, graph: str) -> None:
        name = named(graph)
        self._update(f"DELETE DATA {{ {_inside(mark(name).triple)} }}")
        self._update(f"DROP SILENT GRAPH {name}")

    def query(
        self,
        text: str,
        graphs: frozenset[str],
        accept: Sequence[str] = SOLUTION_TYPES + GRAPH_TYPES,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Reply:
        check(text)
        known = [media_type for media_type in accept if media_type in SOLUTION_TYPES + GRAPH_TYPES]
        if not known:
            raise NotAcceptable("No such format", parameter="accept", given=", ".join(accept))
        until = time.monotonic() + limits.seconds
        body = bytearray()
        with self._asked(text, sorted(graphs & self.graphs()), known, httpx.Timeout(limits.seconds)) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > limits.bytes:
                    raise TooLarge(
                        "The answer is too large; ask for less, or add a LIMIT",
                        expected=f"at most {limits.bytes} bytes",
                    )
                if time.monotonic() > until:
                    raise Timeout("The query took too long", expected=f"at most {limits.seconds} s")
            return Reply(_media_type(response), bytes(body))

    def rows(self, text: str, graphs: frozenset[str]) -> Iterator[dict[str, Term]]:
        yield from self._select(text, sorted(graphs & self.graphs()))

    def close(self) -> None:
        self._client.close()

    def _select(self, text: str, graphs: list[str]) -> Iterator[dict[str, Term]]:
        with self._asked(text, graphs, SOLUTION_TYPES[:1], _PATIENT) as response:
            body = io.BufferedReader(Chunks(response.iter_bytes()), CHUNK)
            try:
                solutions = parse_query_results(body, QueryResultsFormat.JSON)
                if not isinstance(solutions, QuerySolutions):
                    raise QueryError("Only SELECT has rows")
                variables = solutions.variables
                for solution in solutions:
                    yield {name.value: term for name, term in zip(variables, solution, strict=True) if term is not None}
            except SyntaxError as error:
                raise StoreUnavailable(f"The service's answer can't be read: {error}") from error

    @contextmanager
    def _asked(
        self, text: str, graphs: list[str], accept: Sequence[str], timeout: httpx.Timeout
    ) -> Iterator[httpx.Response]:
        world = graphs or [_NOTHING]
        form = {"query": text, "default-graph-uri": world, "named-graph-uri": world}
        wanted = ", ".join(f"{media_type};q={1 - place / 10:.1f}" for place, media_type in enumerate(accept))
        with self._request("POST", self._query_url, timeout, data=form, headers={"Accept": wanted}) as response:
            if _media_type(response) not in accept:
                given = response.headers.get("Content-Type")
                raise StoreUnavailable("The service answers in another format", given=given, expected=wanted)
            yield response

    def _update(self, text: str) -> None:
        with self._request("POST", self._update_url, _PATIENT, data={"update": text}):
            pass

    @contextmanager
    def _request(self, method: str, url: str, timeout: httpx.Timeout, **more: Any) -> Iterator[httpx.Response]:
        """Send a request, stream its answer, and tell every failure in our own words."""
        try:
            with self._client.stream(method, url, timeout=timeout, **more) as response:
                if not response.is_success:
                    response.read()
                    raise _failure(response)
                yield response
        except httpx.TimeoutException as error:
            raise Timeout("The service took too long", where=_shown(url)) from error
        except httpx.TransportError as error:
            raise StoreUnavailable(f"The service can't be reached: {error}", where=_shown(url)) from error


def _failure(response: httpx.Response) -> ConcertError:
    said = response.text.strip()[:500]
    if response.status_code == 400:
        return misread(said)
    if response.status_code == 406:
        return NotAcceptable(
            "This form of query has no such format", parameter="accept", given=response.request.headers["Accept"]
        )
    if response.status_code in (408, 504):
        return Timeout("The service took too long", where=_shown(str(response.url)))
    return StoreUnavailable(f"The service answered {response.status_code}: {said}", where=_shown(str(response.url)))


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _shown(url: str) -> str:
    """The address without user, password and query, fit to be read by anybody."""
    whole = httpx.URL(url)
    return f"{whole.scheme}://{whole.netloc.decode()}{whole.path}"


def _inside(triple: object) -> str:
    return f"GRAPH {HELD} {{ {triple} }}"
