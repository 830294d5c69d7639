"""Read a folder of RDF files written in Concert's own ontology into claims."""

from pathlib import Path

import pyoxigraph as ox

from graph.errors import InvalidData
from graph.readers import Frame, Log, Triples
from ontology.namespaces import ID

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def read_rdf(folder: Path, frame: Frame, log: Log) -> Triples:
    """The triples of every RDF file in `folder`; graphs in the files are dropped, the dataset is the graph.

    Blank nodes become IRIs, so that every claim can be pointed at. Raises InvalidData with the parser's place.
    """
    for file in sorted(f for f in folder.iterdir() if f.suffix in FORMATS):
        log.taken[file.name] = 0
        try:
            for quad in ox.parse(path=str(file), format=FORMATS[file.suffix], base_iri=ID):
                log.taken[file.name] += 1
                subject, object_ = _named(quad.subject, file), _named(quad.object, file)
                if isinstance(subject, ox.NamedNode) and not isinstance(object_, ox.Triple):
                    log.origin.setdefault(subject.value, (file.name, 0))
                    yield ox.Triple(subject, quad.predicate, object_)
        except (SyntaxError, ValueError) as error:
            raise InvalidData(f"{file.name} is not valid RDF: {error}", where=file.name) from error


def _named(term: Term, file: Path) -> ox.NamedNode | ox.Literal | ox.Triple:
    if isinstance(term, ox.BlankNode):
        return ox.NamedNode(f"{ID}genid/{file.stem}-{term.value}")
    return term
