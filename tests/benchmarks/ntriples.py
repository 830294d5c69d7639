"""Claims written as N-Triples, line by line: the memory that it takes does not depend on how many there are."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from graph.readers.layout import NAMESPACES
from ontology.namespaces import ID

HELD = 1 << 16
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
XSD = "http://www.w3.org/2001/XMLSchema#"
DATES = {4: f"^^<{XSD}gYear>", 7: f"^^<{XSD}gYearMonth>", 10: f"^^<{XSD}date>"}


def term(curie: str) -> str:
    """A term of a vocabulary: `con:Programme`."""
    prefix, _, local = curie.partition(":")
    return f"<{NAMESPACES[prefix]}{local}>"


def ref(id: str) -> str:
    """A thing or a code by its short id."""
    return f"<{ID}{id}>"


def text(words: str, language: str = "en") -> str:
    """A text, in English unless `language` says otherwise; plain where it is empty."""
    return f'"{words.translate(ESCAPES)}"' + (f"@{language}" if language else "")


def date(written: str) -> str:
    """A year, a month or a day."""
    return f'"{written}"{DATES[len(written)]}'


def number(value: float) -> str:
    """A decimal."""
    return f'"{value:.6f}"^^<{XSD}decimal>' if value % 1 else f'"{value:.0f}"^^<{XSD}decimal>'


TYPE = term("rdf:type")
LABEL = term("rdfs:label")
SOURCE = term("con:source")


class Claims:
    """The file of one dataset. Use it in a `with`."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w", encoding="utf-8", newline="\n")
        self._held: list[str] = []
        self.count = 0

    def __enter__(self) -> "Claims":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._file.close()

    def state(self, id: str, claims: Iterable[tuple[str, str]]) -> None:
        """Write claims about the thing `id`: (property, value), both as N-Triples write them."""
        subject = f"<{ID}{id}> "
        self._held += [f"{subject}{stated} {value} .\n" for stated, value in claims]
        if len(self._held) > HELD:
            self._flush()

    def _flush(self) -> None:
        self._file.writelines(self._held)
        self.count += len(self._held)
        self._held.clear()
