"""Whether a graph fits the shapes, and where it does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.extras.shacl import parse_shacl_path
from rdflib.term import Node

from ontology.namespaces import CON
from ontology.vocabulary import load

SHAPES = Path(__file__).parent / "shapes"
ABOUT_ITSELF = ("codes", "hygiene")
"""The shapes that hold for the ontology and not for data."""


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that does not fit: `path` is an IRI or a SPARQL path, `value` is empty where one is missing."""

    focus: str
    path: str
    value: str
    message: str


def validate(data: Graph, context: Graph | None = None, shapes: Graph | None = None) -> list[Violation]:
    """Return what in a dataset's graph breaks the shapes, in order; nothing if it fits. The graph stays as it is.

    context  what else the shapes may look into, without its being judged
    shapes   other ones than those for data
    """
    asked = data_shapes() if shapes is None else shapes
    if not context:
        return _check(data + background(), asked)
    beside = {str(subject) for subject in context.subjects()} - {str(subject) for subject in data.subjects()}
    return [found for found in _check(data + context + background(), asked) if found.focus not in beside]


def validate_vocabulary(ontology: Graph) -> list[Violation]:
    """Return what breaks the rules for modules, terms and code lists, such as a term without a definition."""
    return _check(ontology, vocabulary_shapes())


@cache
def data_shapes() -> Graph:
    """Return the shapes for data."""
    return _shapes(path for path in sorted(SHAPES.glob("*.ttl")) if path.stem not in ABOUT_ITSELF)


@cache
def vocabulary_shapes() -> Graph:
    """Return the shapes for the ontology itself."""
    return _shapes(SHAPES / f"{stem}.ttl" for stem in ABOUT_ITSELF)


@cache
def background() -> Graph:
    """Return the part of the ontology that the shapes look into: what is under what, and which codes there are.

    With the whole of it in every graph that is checked, its own labels would be checked along.
    """
    whole, part = load(), Graph()
    for predicate in (RDFS.subClassOf, SKOS.broader):
        part += whole.triples((None, predicate, None))
    for code in whole.subjects(SKOS.inScheme):
        for kind in whole.objects(code, RDF.type):
            if str(kind).startswith(str(CON)):
                part.add((code, RDF.type, kind))
    return part


def _check(data: Graph, shapes: Graph) -> list[Violation]:
    from pyshacl import validate as check

    _, report, _ = check(data, shacl_graph=shapes, advanced=True, inplace=True)
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes cannot be applied: {report}")
    results = report.objects(None, SH.result)  # and not what they enclose as sh:detail
    return sorted({_violation(report, data, shapes, result) for result in results})


def _violation(report: Graph, data: Graph, shapes: Graph, result: Node) -> Violation:
    def text(predicate: URIRef) -> str:
        value = report.value(result, predicate)
        return "" if value is None else str(value)

    shape = report.value(result, SH.sourceShape)
    path = None if shape is None else shapes.value(shape, SH.path)
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    properties = [] if value is None else sorted({str(each) for each in data.predicates(focus, value)})
    if path is None:
        written = ""
    elif isinstance(path, URIRef):
        written = str(path)
    elif len(properties) == 1:  # one shape for many properties: say which of them it was
        written = properties[0]
    else:
        written = parse_shacl_path(shapes, path).n3()
    return Violation(text(SH.focusNode), written, text(SH.value), text(SH.resultMessage))


def _shapes(paths: Iterable[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph
