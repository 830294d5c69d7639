"""What an element states, and where it stands in its file."""

from graph.readers.iati.terms import LOCATOR, SOURCE, TYPE, Node, Value


class Stated:
    """Lines of N-Triples gathered while an element is read. All claims among them rest on one place of one document.

    country  the one that all of it is about, where it is about one only
    """

    __slots__ = ("_evidence", "add_lines", "country", "lines")

    def __init__(self, source: Node, locator: Value, lines: list[str]) -> None:
        self._evidence = f" {SOURCE} {source} .\n", f" {LOCATOR} {locator} .\n"
        self.lines = lines
        self.country: Node | None = None
        self.add_lines = lines.append

    def add(self, subject: Node, property_: Node, value: Value) -> None:
        """State one thing."""
        self.add_lines(f"{subject} {property_} {value} .\n")

    def claim(self, subject: Node, class_: Node, rest: str = "") -> None:
        """State the class of a row, the document that it rests on, and its place there; `rest` are more lines."""
        source, locator = self._evidence
        self.add_lines(f"{subject} {TYPE} {class_} .\n{subject}{source}{subject}{locator}{rest}")
