"""The marks: what the store itself writes down, that a graph is there completely."""

from pyoxigraph import NamedNode, Quad

from graph.errors import InvalidParameter

HELD = NamedNode("https://w3id.org/concert/id/graph/complete")
"""The graph that the marks are in. No reader ever sees it."""

IS = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NAMED_GRAPH = NamedNode("http://www.w3.org/ns/sparql-service-description#NamedGraph")


def mark(graph: NamedNode) -> Quad:
    """The quad that says: `graph` is there completely."""
    return Quad(graph, IS, NAMED_GRAPH, HELD)


def named(graph: str) -> NamedNode:
    """The IRI as a term. Raises InvalidParameter for what is no IRI, and for the graph of the marks."""
    try:
        name = NamedNode(graph)
    except ValueError as error:
        raise InvalidParameter("Not an IRI", parameter="graph", given=graph) from error
    if name == HELD:
        raise InvalidParameter("This graph is the store's own", parameter="graph", given=graph)
    return name
