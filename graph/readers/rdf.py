"""Read an RDF file written in Concert's own ontology into claims."""

from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidData
from graph.readers import Frame, Log, Triples
from ontology.namespaces import ID

SYNTAXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def read_rdf(file: Path, frame: Frame, log: Log) -> Triples:
    """The triples of one RDF file; graphs in it are dropped, the dataset is the graph.

    Blank nodes become IRIs, so that every claim can be pointed at. Raises InvalidData with the parser's place.
    """
    log.taken[file.name] = 0
    try:
        for quad in ox.parse(path=str(file), format=SYNTAXES[file.suffix], base_iri=ID):
            log.taken[file.name] += 1
            subject, object_ = _named(quad.subject, file), _named(quad.object, file)
            if not isinstance(subject, ox.NamedNode) or isinstance(object_, ox.Triple):
                raise InvalidData(f"{file.name} states something of a triple", where=file.name, expected="RDF 1.1")
            yield ox.Triple(subject, quad.predicate, object_)
    except (SyntaxError, ValueError) as error:
        raise InvalidData(f"{file.name} is not valid RDF: {error}", where=file.name) from error


def _named(term: Term, file: Path) -> ox.NamedNode | ox.Literal | ox.Triple:
    if isinstance(term, ox.BlankNode):
        return ox.NamedNode(f"{ID}genid/{file.stem}-{term.value}")
    return term
