"""The terms that a query may use, as a list to choose from: classes, properties and codes, each with what it means."""

from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from ontology.namespaces import CON, long
from ontology.vocabulary import concepts, load

PREFIXES = {
    "con": str(CON),
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KINDS = (
    (OWL.Class, "class"),
    (OWL.ObjectProperty, "property"),
    (OWL.DatatypeProperty, "property"),
    (OWL.AnnotationProperty, "property"),
    (RDFS.Datatype, "datatype"),
)
COMMON = (RDF.type, RDFS.label, SKOS.altLabel, SKOS.notation, SKOS.note)
"""Properties of other vocabularies that the claims use and the modules need not declare."""


@dataclass(frozen=True)
class Term:
    """One term: `name` is how it is written in a query, as `con:Agency`, and a code as its IRI in brackets."""

    name: str
    kind: str
    label: str
    about: str


@cache
def terms() -> tuple[Term, ...]:
    """Every class, property and datatype that has one of our prefixes, by name, then every code by its id."""
    graph = load()
    found: dict[str, Term] = {}
    for type_, kind in KINDS:
        for iri in graph.subjects(RDF.type, type_):
            if isinstance(iri, URIRef) and (name := _name(iri)):
                label = str(graph.value(iri, RDFS.label) or "")
                about = str(graph.value(iri, SKOS.definition) or "")
                found.setdefault(name, Term(name, kind, label, about))
    for iri in COMMON:
        name = str(_name(iri))
        found.setdefault(name, Term(name, "property", str(iri).replace("#", "/").rpartition("/")[2], ""))
    codes = [Term(f"<{long(code.id)}>", code.scheme, code.label, code.definition) for code in concepts()]
    return (*sorted(found.values(), key=lambda term: (not term.name.startswith("con:"), term.name.casefold())), *codes)


def _name(iri: URIRef) -> str | None:
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local:
            return f"{prefix}:{local}"
    return None
