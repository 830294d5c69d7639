"""Two answers to one question held against each other: the same rows, in the columns that both tell."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


def difference(expected: Sequence[Row], found: Sequence[Row], shown: int = 3) -> str | None:
    """What tells the answers apart, with up to `shown` rows that only one of them has; None where nothing does."""
    told = f"{len(expected)} rows against {len(found)}"
    columns = shared(expected, found)
    ours, theirs = (Counter(_comparable(row, columns) for row in rows) for rows in (expected, found))
    if ours == theirs:
        return None
    only = [
        f"  only {name}: {dict(zip(columns, row, strict=True))}"
        for name, rows in (("expected", ours - theirs), ("found", theirs - ours))
        for row, _ in rows.most_common(shown)
    ]
    return "\n".join([told, *only])


def shared(expected: Sequence[Row], found: Sequence[Row]) -> list[str]:
    """The columns that both answers have."""
    return [name for name in expected[0] if name in found[0]] if expected and found else []


def _comparable(row: Row, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_value(row[name]) for name in columns)


def _value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(sorted(repr(_value(each)) for each in value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return round(float(value), 2)
    return value
