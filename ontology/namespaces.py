"""The two namespaces of Concert, and the short form of what they name."""

from rdflib import Namespace

CON = Namespace("https://w3id.org/concert/ns#")
"""Terms: classes, properties and datatypes."""

ID = Namespace("https://w3id.org/concert/id/")
"""Things and codes, as `<kind>/<slug>`."""


def short(iri: str) -> str:
    """Return `actor/unodc` for an IRI under the namespace of things, and any other IRI as it is."""
    return iri.removeprefix(str(ID))


def long(id: str) -> str:
    """Return the IRI of a short id; what is an IRI already stays."""
    return id if ":" in id else f"{ID}{id}"
