"""The ontology and its code lists, as they lie in this folder.

The files do not change while a program runs, so what is read from them is kept.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from ontology.namespaces import CON, ID, short

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Module:
    """One file of the ontology."""

    name: str
    iri: str
    version: str
    title: str
    description: str


@dataclass(frozen=True)
class Concept:
    """One code: `id` and `broader` are short ids, `scheme` is the kind of the list that it belongs to."""

    id: str
    scheme: str
    notation: str
    label: str
    definition: str
    broader: tuple[str, ...]


@dataclass(frozen=True)
class Expectation:
    """A response that a place with a role in the flows of a domain should see; codes are short ids, weight 1 to 3."""

    id: str
    domain: str
    place_role: str
    response: str
    weight: float
    reason: str
    basis: str


@cache
def load() -> Graph:
    """Return every module and code list in one graph. It is shared: copy it before adding to it."""
    graph = Graph()
    for path in [*_files(), *sorted((HERE / "codelists").glob("*.ttl"))]:
        graph.parse(path, format="turtle")
    return graph


@cache
def modules() -> tuple[Module, ...]:
    """Return the modules, by name."""
    graph = load()
    found = []
    for path in _files():
        iri = URIRef(f"https://w3id.org/concert/ns/{path.stem}")
        version = _text(graph, iri, OWL.versionInfo)
        title, description = _text(graph, iri, DCTERMS.title), _text(graph, iri, DCTERMS.description)
        found.append(Module(path.stem, str(iri), version, title, description))
    return tuple(found)


@cache
def concepts() -> tuple[Concept, ...]:
    """Return every code of every list, by id."""
    graph = load()
    return tuple(sorted(_concepts(graph), key=lambda concept: concept.id))


@cache
def codes(kind: str) -> dict[str, Concept]:
    """Return the codes of one list by their notation; a kind without a list raises KeyError."""
    found = {concept.notation: concept for concept in concepts() if concept.scheme == kind}
    if not found:
        raise KeyError(f"no code list of kind {kind!r}; there are {', '.join(kinds())}")
    return found


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of the code lists: `action`, `confidence`, `domain` and so on."""
    return tuple(sorted({concept.scheme for concept in concepts()}))


@cache
def expectations() -> tuple[Expectation, ...]:
    """Return what each role of a place in each domain should see, by id."""
    graph = load()
    found = (
        Expectation(
            id=short(str(subject)),
            domain=short(_text(graph, subject, CON.domain)),
            place_role=short(_text(graph, subject, CON.placeRole)),
            response=short(_text(graph, subject, CON.response)),
            weight=float(_text(graph, subject, CON.weight)),
            reason=_text(graph, subject, CON.reason),
            basis=_text(graph, subject, CON.basis),
        )
        for subject in graph.subjects(RDF.type, CON.Expectation)
    )
    return tuple(sorted(found, key=lambda expectation: expectation.id))


@cache
def digest() -> str:
    """Return the SHA-256 over every file of the ontology, to see whether it changed."""
    files = sorted(HERE.rglob("*.ttl"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@cache
def turtle() -> str:
    """Return the whole in Turtle, the same text at every call and on every machine."""
    return canonical().serialize(format="turtle")


@cache
def json_ld() -> str:
    """Return the whole in JSON-LD, the same text at every call and on every machine."""
    graph = canonical()
    prefixes = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    document = json.loads(graph.serialize(format="json-ld", context=prefixes, auto_compact=False))
    return json.dumps(_in_order(document), indent=1, sort_keys=True, ensure_ascii=False)


@cache
def canonical() -> Graph:
    """Return the whole with blank nodes named by what they say, so that its order does not depend on chance."""
    named = to_canonical_graph(load())
    graph = Graph(bind_namespaces="none")
    source = {str(namespace): prefix for prefix, namespace in load().namespaces()}
    used = {str(namespace) for namespace in _namespaces(named)}
    for namespace in sorted(used & source.keys()):
        graph.bind(source[namespace], namespace)
    for triple in named:
        graph.add(triple)
    return graph


def _files() -> list[Path]:
    return sorted(HERE.glob("*.ttl"))


def _concepts(graph: Graph) -> Iterator[Concept]:
    prefix = f"{ID}scheme/"
    for subject, scheme in graph.subject_objects(SKOS.inScheme):
        yield Concept(
            id=short(str(subject)),
            scheme=str(scheme).removeprefix(prefix),
            notation=_text(graph, subject, SKOS.notation),
            label=_text(graph, subject, SKOS.prefLabel),
            definition=_text(graph, subject, SKOS.definition),
            broader=tuple(sorted(short(str(broader)) for broader in graph.objects(subject, SKOS.broader))),
        )


def _namespaces(graph: Graph) -> set[str]:
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return {term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms}


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    value = graph.value(subject, predicate)
    if value is None:
        raise ValueError(f"{subject} has no {predicate}")
    return str(value)


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: inner if key == "@list" else _in_order(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((_in_order(inner) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value
