"""Read an RDF file written in Concert's own ontology into claims."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

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
WITH_GRAPHS = {".nq", ".trig", ".jsonld"}
"""The syntaxes that can name graphs."""

BLOCK = 10_000
"""Claims that are handed on together."""

READ = 1 << 20
"""Bytes of a file that are read at once."""

UNUSUAL = (b"_:", b"<<")
"""What every line with a blank node or a triple in it has; a text may have it too."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _unseen(share: float) -> None:
    """Nobody watches."""


def read_rdf(file: Path, frame: Frame, log: Log) -> Triples:
    """The triples of one RDF file, as `read_blocks` gives them."""
    for block in read_blocks(file, log):
        for quad in ox.parse(block, format=ox.RdfFormat.N_TRIPLES):
            yield ox.Triple(quad.subject, quad.predicate, quad.object)


def read_blocks(file: Path, log: Log, advance: Callable[[float], None] = _unseen) -> Iterator[bytes]:
    """The triples of one RDF file as lines of canonical N-Triples, many at once; only unusual ones pass through Python.

    Graphs in it are dropped, the dataset is the graph. Blank nodes become IRIs, so that every claim can be pointed at.
    `advance` is told the share of the file that was read. Raises InvalidData with the parser's place.
    """
    if file.suffix == ".rdf":
        _without_entities(file)
    log.taken[file.name] = 0
    size = max(1, file.stat().st_size)
    try:
        with file.open("rb", buffering=READ) as source:
            quads = ox.parse(source, format=SYNTAXES[file.suffix], base_iri=ID)
            while block := _serialized(islice(quads, BLOCK), graphs=file.suffix in WITH_GRAPHS):
                log.taken[file.name] += block.count(b"\n")
                yield _renamed(block, file) if any(sign in block for sign in UNUSUAL) else block
                advance(source.tell() / size)
    except (SyntaxError, ValueError) as error:
        raise InvalidData(f"{file.name} is not valid RDF: {error}", where=file.name) from error


def _without_entities(file: Path) -> None:
    """Refuse a document type before the parser of RDF sees it: that one expands entities, however large they grow."""
    try:
        next(iterparse(file, events=("start",), forbid_dtd=True), None)
    except DefusedXmlException as error:
        raise InvalidData(
            f"{file.name} declares a document type, which may hold entities",
            where=file.name,
            expected="RDF/XML without <!DOCTYPE, or another syntax",
        ) from error
    except ParseError:
        return  # what else is wrong is told with its place by the parser of RDF


def _serialized(quads: Iterator[ox.Quad], graphs: bool) -> bytes:
    flat = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads) if graphs else quads
    return ox.serialize(flat, format=ox.RdfFormat.N_TRIPLES) or b""


def _renamed(block: bytes, file: Path) -> bytes:
    """The block with an IRI in the place of each blank node. Raises InvalidData where a triple stands in a triple."""
    named = partial(_named, file=file)
    triples = []
    for quad in ox.parse(block, format=ox.RdfFormat.N_TRIPLES):
        subject, object_ = named(quad.subject), named(quad.object)
        if not isinstance(subject, ox.NamedNode) or isinstance(object_, ox.Triple):
            raise InvalidData(f"{file.name} states something of a triple", where=file.name, expected="RDF 1.1")
        triples.append(ox.Triple(subject, quad.predicate, object_))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _named(term: Term, file: Path) -> ox.NamedNode | ox.Literal | ox.Triple:
    if isinstance(term, ox.BlankNode):
        return ox.NamedNode(f"{ID}genid/{file.stem}-{term.value}")
    return term
