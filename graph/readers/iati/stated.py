"""What an element states, and where it stands in its file."""

import pyoxigraph as ox

from graph.readers.iati.terms import LOCATOR, SOURCE, TYPE

_triple = ox.Triple


class Stated:
    """Triples gathered while an element is read. All claims among them rest on one document, at one place of it.

    country  the one that all of it is about, where it is about one only
    """

    __slots__ = ("_append", "_locator", "_source", "country", "triples")

    def __init__(self, source: ox.NamedNode, locator: ox.Literal, triples: list[ox.Triple]) -> None:
        self._source = source
        self._locator = locator
        self.triples = triples
        self.country: ox.NamedNode | None = None
        self._append = triples.append

    def add(self, subject: ox.NamedNode, property_: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> None:
        """State one thing."""
        self._append(_triple(subject, property_, value))

    def claim(self, subject: ox.NamedNode, class_: ox.NamedNode) -> None:
        """State the class of a row, the document that it rests on, and its place there."""
        self._append(_triple(subject, TYPE, class_))
        self._append(_triple(subject, SOURCE, self._source))
        self._append(_triple(subject, LOCATOR, self._locator))
