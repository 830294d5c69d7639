"""The store: RDF by named graph, asked in SPARQL. The embedded one and any SPARQL 1.1 service answer alike.

A graph is one version of one dataset. It is held completely or not at all, and never changes: a new version is
a new graph. Every reading names the graphs that the reader may see, and they are its whole world.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple

SOLUTION_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""Media types of the answer to SELECT and ASK."""

GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
"""Media types of the answer to CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True)
class Limits:
    """What one query may take. The endpoint can't know another machine's `memory`, so it bounds the other two."""

    seconds: float = 30.0
    bytes: int = 64 * 2**20
    memory: int = 2**30


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Reply:
    """A serialised answer: its media type without parameters, and the bytes (UTF-8 where they are text)."""

    media_type: str
    body: bytes


class Store(Protocol):
    """Where the graphs are. All errors are of `graph.errors`; every method may be called from several threads."""

    def graphs(self) -> frozenset[str]:
        """IRIs of the graphs that are held completely."""
        ...

    def add(self, graph: str, snapshot: Path) -> None:
        """Hold the zstd-compressed N-Quads of `snapshot`, all of them in `graph`: completely, or nothing changes.

        A graph that is held already is left as it is, so that loading again after a fault is harmless.
        Raises InvalidData (where: file and line), StoreUnavailable.
        """
        ...

    def remove(self, graph: str) -> None:
        """Let go of a graph; one that isn't held is no error. Readers lose it at once, its space may come later."""
        ...

    def query(
        self,
        text: str,
        graphs: frozenset[str],
        accept: Sequence[str] = SOLUTION_TYPES + GRAPH_TYPES,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Reply:
        """Answer a query from outside, of any form, in the first type of `accept` that fits its form.

        The default graph is the merge of `graphs`, the named graphs are `graphs`, whatever FROM and GRAPH in the
        text say; those that aren't held completely count as not there. Oxigraph up to 0.5 chains where it should merge:
        a triple that two of the graphs state matches twice, so count with DISTINCT.

        Only queries run, never updates, and none that calls another service. Raises QueryError (where: line and
        column), NotAcceptable, TooLarge, Timeout, StoreUnavailable.
        """
        ...

    def rows(self, text: str, graphs: frozenset[str]) -> Iterator[dict[str, Term]]:
        """Stream the rows of a SELECT of our own: term by variable, unbound ones left out.

        The world is that of `query`. It is for query files of the house only: no limit, no protection from a
        hostile text. Raises QueryError, StoreUnavailable, when the first row is asked for.
        """
        ...

    def close(self) -> None:
        """Release what the store has open."""
        ...


def bind(text: str, **terms: NamedNode | Literal | Sequence[NamedNode]) -> str:
    """Put typed terms into the places `$name` of a query text, escaped as SPARQL wants them; several one by one.

    Only terms are taken, so a value can't turn into syntax. A variable is written `?name`, a plain dollar sign `$$`.
    Raises KeyError for a place without a term, TypeError for what is no term.
    """
    told = {}
    for name, given in terms.items():
        listed = [given] if isinstance(given, NamedNode | Literal | str) else given
        for term in listed:
            if not isinstance(term, NamedNode | Literal):
                raise TypeError(f"${name} must be an IRI or a literal, not {type(term).__name__}")
        told[name] = " ".join(map(str, listed))
    return Template(text).substitute(told)
