"""Check a snapshot against the ontology's shapes, a chunk of whole subjects at a time, so that memory is bounded."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb
import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from graph.errors import InvalidData
from ontology.validation import Violation, validate

CHUNK = 50_000
"""Claims that are checked together; a subject is never split."""

SORTED = Path(__file__).with_name("by_subject.sql").read_text(encoding="utf-8")


def violations(claims: Path) -> Iterator[Violation]:
    """Every claim of the snapshot `claims` that breaks a shape.

    Shapes look at one subject and at the code lists, never at what another subject states: that may stand in a
    dataset that is not loaded yet. So the claims are brought into the order of their subjects and checked in chunks.
    """
    for lines in _chunks(claims):
        graph = Graph()
        for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS):
            graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
        yield from validate(graph)


def _chunks(claims: Path) -> Iterator[list[str]]:
    chunk: list[str] = []
    with duckdb.connect() as connection:
        rows = connection.execute(SORTED, {"claims": str(claims)})
        for _, group in groupby(_lines(rows), key=lambda line: line.partition(" ")[0]):
            chunk += group
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _lines(rows: duckdb.DuckDBPyConnection) -> Iterator[str]:
    while batch := rows.fetchmany(10_000):
        for (line,) in batch:
            yield line


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
    raise InvalidData(f"{term} is no name and no literal", given=str(term), expected="an IRI or a literal")
