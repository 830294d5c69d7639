"""Bars over years: where each begins and ends on an axis that all share, and what is known of its bounds.

A length is in thousandths of the axis, so that a page may draw it at any width.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WHOLE = 1000.0
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
MOST_YEARS = 8
"""Years that the axis names at the most."""
LEAST = 3
"""Years that it spans at the least, so that one day is not the whole of it."""
TAIL = 24.0
"""Length of the broken line that stands for a bound which no source tells."""


@dataclass(frozen=True)
class Bar:
    """One period on the axis.

    left, right  from where to where it is known to have run; equal for a single day
    open_left    the broken line before it begins here, None where a source tells its start
    open_right   the broken line after it ends here, None where a source tells its end
    said         the same in words
    """

    left: float
    right: float
    open_left: float | None
    open_right: float | None
    said: str

    @property
    def is_day(self) -> bool:
        """Whether so little of it is known that it is drawn as a point."""
        return self.right - self.left < 4 and self.open_left is not None and self.open_right is not None


@dataclass(frozen=True)
class Column:
    """One year of the count: where it begins, how wide it is, how high in thousandths of the highest."""

    year: int
    count: int
    left: float
    width: float
    height: float


@dataclass(frozen=True)
class Timeline:
    """The axis, a bar for each row (None where no date is known), and the count of every year where one was given.

    years  what the axis names, each at the start of an equal part of it
    """

    years: Sequence[int]
    bars: Sequence[Bar | None]
    counts: Sequence[Column]


def timeline(rows: Sequence[Mapping[str, Any]], counts: Mapping[int, int] | None = None) -> Timeline | None:
    """The rows on one axis; None where no date of any is known.

    rows    each with `starts`, `ends` (as stated) and `from_date`, `to_date` (between which it is known to have run),
            ISO dates or None
    counts  year -> number of all, when the rows are only the first of them
    """
    periods = [_period(row) for row in rows]
    known = [day.year for period in periods if period for day in period]
    known += list(counts or ())
    if not known:
        return None
    first, last = min(known), max(known)
    first -= (LEAST - (last - first + 1)) // 2 if last - first + 1 < LEAST else 0
    span = max(LEAST, last - first + 1)
    step = next((step for step in STEPS if span / step <= MOST_YEARS), STEPS[-1])
    first -= first % step
    parts = -(-(last + 1 - first) // step)
    parts = max(parts, -(-LEAST // step))
    scale = WHOLE / (parts * step)

    def at(day: date) -> float:
        return (day.year - first + (day.timetuple().tm_yday - 1) / 366) * scale

    highest = max((counts or {0: 1}).values())
    return Timeline(
        [first + step * part for part in range(parts)],
        [_bar(row, period, at) if period else None for row, period in zip(rows, periods, strict=True)],
        [
            Column(year, count, (year - first) * scale, scale, round(WHOLE * count / highest, 1))
            for year, count in sorted((counts or {}).items())
        ],
    )


def _period(row: Mapping[str, Any]) -> tuple[date, date] | None:
    start, end = row.get("from_date") or row.get("starts"), row.get("to_date") or row.get("ends")
    start, end = start or end, end or start
    return (date.fromisoformat(start), date.fromisoformat(end)) if start and end else None


def _bar(row: Mapping[str, Any], period: tuple[date, date], at: Callable[[date], float]) -> Bar:
    left, right = at(period[0]), min(WHOLE, at(period[1]))
    right = max(left, right)
    return Bar(
        round(left, 1),
        round(right, 1),
        None if row.get("starts") else round(max(0.0, left - TAIL), 1),
        None if row.get("ends") else round(min(WHOLE, right + TAIL), 1),
        _said(row, period),
    )


def _said(row: Mapping[str, Any], period: tuple[date, date]) -> str:
    """The bounds that are stated, `?` for one that is not; the days when it was seen where neither is."""
    if row.get("starts") or row.get("ends"):
        return f"{row.get('starts') or '?'} to {row.get('ends') or '?'}"
    return f"seen {period[0]}" + (f" to {period[1]}" if period[1] != period[0] else "")
