"""The shipped datasets as a whole: they agree with the ontology's logic, and name nobody."""

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, Graph, Literal, URIRef

from graph.library import Library
from ontology.vocabulary import load

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def triples(library: Library, name: str) -> Iterator[ox.Quad]:
    return ox.parse(library.claims(name), format=ox.RdfFormat.N_QUADS)


def contradictions(graph: Graph) -> list[object]:
    closed = load() + graph
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(closed)
    return [*closed.subjects(RDF.type, OWL.Nothing), *closed.subjects(RDF.type, ERROR), *closed.objects(None, ERROR)]


@pytest.fixture(scope="module")
def claims(shipped: Library) -> Graph:
    graph = Graph()
    for name in shipped.datasets():
        for quad in triples(shipped, name):
            subject, value = quad.subject, quad.object
            assert isinstance(subject, ox.NamedNode)
            assert isinstance(value, ox.NamedNode | ox.Literal)
            graph.add((URIRef(subject.value), URIRef(quad.predicate.value), _term(value)))
    return graph


def _term(value: ox.NamedNode | ox.Literal) -> URIRef | Literal:
    if isinstance(value, ox.NamedNode):
        return URIRef(value.value)
    return Literal(value.value, lang=value.language, datatype=None if value.language else URIRef(value.datatype.value))


def test_all_that_is_shipped_is_consistent_under_owl_2_rl(claims: Graph) -> None:
    assert contradictions(claims) == []


def test_a_contradiction_among_what_is_shipped_would_be_found(claims: Graph) -> None:
    programme = next(claims.subjects(RDF.type, URIRef("https://w3id.org/concert/ns#Programme")))
    wrong = Graph()
    wrong += claims.triples((programme, None, None))
    wrong.add((programme, RDF.type, URIRef("https://w3id.org/concert/ns#Country")))
    assert contradictions(wrong) != []


def test_every_locator_of_the_paper_is_a_block_of_it(shipped: Library) -> None:
    locators = {
        quad.object.value
        for quad in triples(shipped, "paper-2003")
        if quad.predicate.value == "https://w3id.org/concert/ns#locator" and isinstance(quad.object, ox.Literal)
    }
    assert locators
    assert all(re.fullmatch(r"\d+", locator) and 1 <= int(locator) <= 152 for locator in locators)
