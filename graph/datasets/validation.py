"""Check a snapshot against the ontology's shapes: queries find who may break one, pySHACL judges those.

The queries are made from the shapes (`constraints`) and catch at least everyone who breaks one; whom they do not catch
fits. So the answer is that of pySHACL over all claims at once, while memory and time hardly depend on how many.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, URIRef

from graph.datasets.constraints import rules
from graph.datasets.screening import Advance, Screen
from graph.datasets.workspace import workspace
from graph.errors import InvalidData
from ontology.validation import Violation, background, data_shapes, validate

CHUNK = 20_000
"""Claims that are judged together; a subject is never split."""

STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")

SCREENING = 0.9
"""The share of the work that is done when the queries are, as far as one can tell beforehand."""


def _unseen(share: float) -> None:
    """Nobody watches."""


def violations(claims: Path, advance: Advance = _unseen, shapes: Graph | None = None) -> Iterator[Violation]:
    """Every claim of the snapshot `claims` that breaks a shape, subject by subject.

    advance  is told the share that is done, from 0 to 1
    shapes   other ones than those for data

    Shapes look at one subject and at the code lists; of other subjects of the snapshot they see the classes and what
    is broader. Raises InvalidData when a line of the snapshot is no claim.
    """
    asked = data_shapes() if shapes is None else shapes
    with workspace(claims) as connection:
        screen = Screen(connection, claims, rules(asked), background())
        judged = screen.run(lambda share: advance(share * SCREENING))
        seen = 0
        for lines, subjects in _chunks(screen.judged(claims) if judged else iter(())):
            graph = Graph()
            for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS):
                graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
            values = {str(value) for value in graph.objects() if isinstance(value, URIRef)}
            context = screen.ways + screen.types(sorted(values - {str(each) for each in graph.subjects(RDF.type)}))
            yield from validate(graph, context, asked)
            seen += subjects
            advance(SCREENING + (1 - SCREENING) * seen / judged)
    advance(1.0)


def _chunks(lines: Iterator[str]) -> Iterator[tuple[list[str], int]]:
    """Lines of whole subjects, and how many subjects they are about."""
    chunk: list[str] = []
    subjects = 0
    for _, group in groupby(lines, key=lambda line: line.partition(" ")[0]):
        chunk += group
        subjects += 1
        if len(chunk) >= CHUNK:
            yield chunk, subjects
            chunk, subjects = [], 0
    if chunk:
        yield chunk, subjects


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        typed = not term.language and term.datatype != STRING  # to rdflib, which reads the shapes, "a" is no xsd:string
        return Literal(term.value, lang=term.language, datatype=URIRef(term.datatype.value) if typed else None)
    raise InvalidData(f"{term} is no name and no literal", given=str(term), expected="an IRI or a literal")
