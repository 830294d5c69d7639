"""Reports of one figure on one scale, so that it is seen how far they are apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

WHOLE = 1000.0
KEY = ("measure", "unit", "place", "domain", "target", "from_date", "to_date")
NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
FORM = re.compile(
    rf"(?:(?P<value>{NUMBER}) \()?(?P<low>{NUMBER})?(?P<to>–)?(?P<high>{NUMBER})?\)?|(?P<bound>[≥≤]) (?P<at>{NUMBER})"
)
"""How a report is written: 55, 55–400, 60 (55–70), ≥ 55, ≤ 400. What holds `<10` tells no number and is not read."""


@dataclass(frozen=True)
class Report:
    """One report: its row, and where its range lies in thousandths of the scale; None where it tells no number.

    open_left, open_right  it tells no bound on that side
    """

    row: Mapping[str, Any]
    left: float | None
    right: float | None
    open_left: bool = False
    open_right: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure with its reports: `first` is the row of the first, which has all that they share."""

    first: Mapping[str, Any]
    reports: Sequence[Report]


def figures(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """The rows of contested reports by figure, in their order; those of one figure stand together."""
    return [_figure(list(group)) for _, group in groupby(rows, key=lambda row: [row[name] for name in KEY])]


def _figure(rows: list[Mapping[str, Any]]) -> Figure:
    read = [bounds(row["shown"] or "") for row in rows]
    most = max((number for pair in read if pair for number in pair if number is not None), default=0.0)
    return Figure(rows[0], [_report(row, pair, most) for row, pair in zip(rows, read, strict=True)])


def _report(row: Mapping[str, Any], pair: tuple[float | None, float | None] | None, most: float) -> Report:
    if pair is None or not most:
        return Report(row, None, None)
    low, high = pair
    left, right = (None if at is None else round(WHOLE * at / most, 1) for at in (low, high))
    return Report(row, left or 0.0, WHOLE if right is None else right, low is None, high is None)


def bounds(shown: str) -> tuple[float | None, float | None] | None:
    """The least and the greatest that a report gives, None for a side that it leaves open; None if it is no number."""
    found = FORM.fullmatch(shown)
    if not found or not shown:
        return None
    if found["bound"]:
        at = float(found["at"])
        return (at, None) if found["bound"] == "≥" else (None, at)
    value, low, high = (float(text) if text else None for text in found.group("value", "low", "high"))
    if not found["to"]:
        return (low, low) if low is not None and high is None else None
    return (low if low is not None else value, high if high is not None else value)
