"""A table as its columns and its rows by column."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from graph.errors import InvalidData
from graph.readers.tables.opening import Line, Opening, Tell, lines

LOOKED = 25
"""Rows in which the header or the hashtags may stand."""


@dataclass(frozen=True)
class Table:
    """The names of the columns, unique and never empty, and the rows under them."""

    names: list[str]
    rows: Iterator[Line]


def open_table(file: Path, opening: Opening, header: int | str | tuple[str, ...] | None, tell: Tell) -> Table:
    """The table of a file.

    header  the number of the row with the names, or texts of which the first that is found stands in it; the first
            filled row otherwise.
    Raises InvalidData when there is no such row among the first 25.
    """
    opened = lines(file, opening, tell)
    first = list(islice(opened, LOOKED))
    for wanted in header if isinstance(header, tuple) else (header,):
        for position, (number, cells) in enumerate(first):
            if wanted in (None, number) or wanted in cells:
                return Table(_names(cells), chain(first[position + 1 :], opened))
    raise InvalidData(
        f"{file.name} has no header in its first {LOOKED} rows",
        where=file.name,
        given=header,
        expected="the number of a row, or a text in it",
    )


def _names(cells: list[str]) -> list[str]:
    names: dict[str, None] = {}
    for position, cell in enumerate(cells, start=1):
        plain = " ".join(cell.split()) or f"column {position}"
        again = sum(1 for name in names if name == plain or name.startswith(f"{plain} ("))
        names[f"{plain} ({again + 1})" if plain in names else plain] = None
    return list(names)
