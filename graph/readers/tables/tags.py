"""HXL hashtags: which row has them, and what each column is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.readers.tables.header import LOOKED
from graph.readers.tables.opening import Line, Opening, is_table, lines

TAG = re.compile(r"#\s*([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_]*)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Tag:
    """The hashtag of a column: its name without the sign, its attributes, and where the column stands, from 0."""

    name: str
    attributes: frozenset[str]
    column: int

    def __str__(self) -> str:
        return f"#{self.name}" + "".join(f"+{attribute}" for attribute in sorted(self.attributes))


def tags(cells: Iterable[str]) -> list[Tag]:
    """The hashtags in a row, if it is the row that has them: at least half of its filled cells are hashtags."""
    filled = [(column, cell) for column, cell in enumerate(cells) if cell]
    found = [
        Tag(match[1].lower(), frozenset(part.strip().lower() for part in match[2].split("+") if part.strip()), column)
        for column, cell in filled
        if (match := TAG.fullmatch(cell))
    ]
    return found if len(found) * 2 >= len(filled) else []


def tagged(rows: Iterable[Line]) -> tuple[list[Tag], int]:
    """The hashtags in the first 25 rows, and the number of the row that has them; none and 0 where there are none."""
    for number, cells in islice(rows, LOOKED):
        found = tags(cells)
        if found:
            return found, number
    return [], 0


def is_hxl(file: Path, head: bytes) -> bool:
    """Whether the file is a table with hashtags. Raises what opening a table does."""
    packed = head.startswith(b"PK")
    seen = b"#" in head or head.count(b"\n") < LOOKED  # else the rows that may have them are all in the head
    return (packed or seen) and is_table(file, head) and bool(tagged(lines(file, Opening()))[0])
