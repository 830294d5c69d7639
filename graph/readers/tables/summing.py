"""Records that many rows give and that are added up: figures of the same thing, or persons counted at the door."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from graph.readers.tables.ledger import Entry, Ledger, digest

Cells = dict[str, str]


@dataclass
class Group:
    """One record, the sum so far, the rows behind it, and what else the first of them stated."""

    sheet: str
    column: str
    cells: Cells
    attached: dict[str, list[ox.Triple]]
    total: Decimal = Decimal(0)
    rows: "array[int]" = field(default_factory=lambda: array("Q"))


@dataclass
class Sums:
    """The records of one file that are added up. Memory grows with the groups, and by eight bytes a row."""

    ledger: Ledger
    groups: dict[str, Group] = field(default_factory=dict)

    def add(self, sheet: str, column: str, cells: Cells, row: int, attached: dict[str, list[ox.Triple]]) -> None:
        """Add the number in `column` of a record to those that are otherwise the same."""
        rest = {name: text for name, text in cells.items() if name != column}
        key = digest(sheet, *(f"{name}={text}" for name, text in sorted(rest.items())))
        group = self.groups.setdefault(key, Group(sheet, column, rest, attached))
        group.total += Decimal(cells[column])
        group.rows.append(row)

    def claims(self) -> Iterator[ox.Triple]:
        """What the groups state."""
        for key, group in self.groups.items():
            entry = self._entry(group)
            entry.add(group.sheet, group.cells | {group.column: format(group.total, "f")}, key)
            yield from entry.commit(rows=0)

    def counted(self, smallest: int) -> Iterator[ox.Triple]:
        """What the groups of persons state; the rows of those below `smallest` are refused, without their cells."""
        for key, group in self.groups.items():
            if group.total < smallest:
                for row in group.rows:
                    self.ledger.reject(row, "persons", "(withheld)", f"at least {smallest} persons who share all of it")
                continue
            entry = self._entry(group)
            entry.stated |= group.attached
            entry.add(group.sheet, group.cells | {group.column: format(group.total, "f")}, key)
            yield from entry.commit(rows=len(group.rows))

    def _entry(self, group: Group) -> Entry:
        first, last, count = min(group.rows), max(group.rows), len(set(group.rows))
        where = f"row {first}" if count == 1 else f"{count} rows from {first} to {last}"
        return Entry(self.ledger, first, f"{self.ledger.file} {where}")
