"""Rows that report an event again in another unit."""

from collections import defaultdict
from dataclasses import dataclass, field

from graph.readers.tables.cells import Given
from graph.readers.tables.mapping import Repeated

CLOSE = 1e-6
"""Amounts are the same when they differ by less than this share."""


@dataclass
class Repeats:
    """The events that the rows so far report."""

    rule: Repeated
    seen: dict[tuple[str, ...], list[tuple[int, str, float]]] = field(default_factory=lambda: defaultdict(list))

    def first(self, number: int, row: Given) -> int | None:
        """The earlier row that reports the same event in another unit, if one does."""
        unit = row.get(self.rule.unit, "")
        factor, amount = self.rule.units.get(unit), row.get(self.rule.amount, "")
        try:
            size = float(amount) * factor if factor else 0.0
        except ValueError:
            return None
        if not size:
            return None
        events = self.seen[tuple(row.get(name, "") for name in self.rule.same)]
        for at, event in enumerate(events):
            if event[1] != unit and abs(event[2] - size) <= CLOSE * size:
                return events.pop(at)[0]
        events.append((number, unit, size))
        return None
