"""From bytes to claims: one file a format, each a stream of triples with a log of what was refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox


def _nothing(kind: str, text: str) -> str | None:
    return None


def _nowhere(place: str, container: str) -> bool:
    return False


@dataclass(frozen=True)
class Frame:
    """What a reader must know besides the bytes.

    prefix    what own slugs are minted under ("" for data that claims the bare names)
    language  of texts that name none
    source    IRI of the document that a row rests on when it names none
    known     ids that may be referred to besides the dataset's own: (kind, slug) -> IRI
    lookup    (kind, text) -> IRI of the one thing of the used datasets that an identifier or a name in `text` names
    within    whether the place of the first IRI lies within that of the second, as the used datasets know
    options   what a person chose for this file, such as {"mapping": …}
    """

    prefix: str
    language: str
    source: str
    known: Mapping[tuple[str, str], str]
    lookup: Callable[[str, str], str | None] = _nothing
    options: Mapping[str, Any] = field(default_factory=dict)
    within: Callable[[str, str], bool] = _nowhere


@dataclass(frozen=True)
class Rejected:
    """One refused row or element: where it stands, what came and what was expected."""

    file: str
    row: int
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        return f"{where}, {self.field}: got {self.value!r}, expected {self.expected}"


@dataclass
class Log:
    """What happened on the way: rows taken per sheet, rows refused, where each thing was read.

    `notes` is what a person should know though no row was refused: an encoding guessed, columns not read.
    """

    taken: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    origin: dict[str, tuple[str, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def rejected_rows(self) -> int:
        """How many distinct rows were refused; a row may be refused for several fields."""
        return len({(r.file, r.row) for r in self.rejected})


Triples = Iterator[ox.Triple]
