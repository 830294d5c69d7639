"""What the reading of one file goes along with: its frame, its log, what came by, and the ids that it mints."""

from pathlib import Path
from types import TracebackType
from typing import cast

from graph.readers import Frame, Log, Rejected
from graph.readers.iati.ids import Seen, escaped
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import IATI_ACTIVITY, NOTATION, Node, quoted
from graph.readers.iati.values import Nothing, Refused
from graph.readers.iati.xml import Element
from ontology.namespaces import ID

THINGS = str(ID)
LONGEST = 200
"""Characters of a refused value that the log shows."""


class Reading:
    """One file being read. Use it in a `with`."""

    def __init__(self, file: Path, frame: Frame, log: Log) -> None:
        self.frame = frame
        self.seen = Seen()
        self._file = file.name
        self._log = log
        self._source = f"<{frame.source}>"
        self._named = quoted(file.name)[:-1]
        self._kinds: dict[str, str] = {}
        self._elsewhere = {
            slug.partition(".")[2]: iri for (kind, slug), iri in frame.known.items() if kind == "programme"
        }

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.seen.close()

    def own(self, kind: str, slug: str) -> Node:
        """The node of a thing of this dataset; `slug` is one that `escaped` made."""
        start = self._kinds.get(kind)
        if start is None:
            start = self._kinds[kind] = f"<{THINGS}{kind}/{self.frame.prefix}"
        return f"{start}{slug}>"

    def programme(self, identifier: str, stated: Stated) -> Node:
        """The programme that an activity identifier names: one of a used dataset, else one of this.

        Its identifier is stated, so that it is found when a dataset that is loaded later describes it.
        """
        slug = escaped(identifier)
        elsewhere = self._elsewhere.get(slug)
        node = f"<{elsewhere}>" if elsewhere else self.own("programme", slug)
        self.identify(node, identifier, stated)
        return node

    def identify(self, node: Node, identifier: str, stated: Stated) -> None:
        """State the identifier of a programme, once in the file."""
        if self.seen.first("notation", identifier):
            stated.add(node, NOTATION, f"{quoted(identifier)}^^{IATI_ACTIVITY}")

    def stated(self, element: Element, lines: list[str]) -> Stated:
        """Where the lines that an element states are gathered."""
        return Stated(self._source, f'{self._named} line {line(element)}"', lines)

    def take(self, what: str, times: int = 1) -> None:
        """Count elements that were read."""
        taken = self._log.taken
        taken[what] = taken.get(what, 0) + times

    def refuse(self, element: Element, refused: Refused, of: str) -> None:
        """Log an element that was not read, as `transaction/value of GB-1-2`. One left empty is only counted."""
        if isinstance(refused, Nothing):
            self.take(f"{element.tag}, empty")
            return
        field = f"{element.tag}/{refused.field}" if refused.field else str(element.tag)
        value = refused.value[:LONGEST]
        self._log.rejected.append(Rejected(self._file, line(element), f"{field} of {of}", value, refused.expected))


def line(element: Element) -> int:
    """The line that an element begins on."""
    return cast(int, element.sourceline)
