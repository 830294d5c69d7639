"""Fields of two records side by side, and whether they are the same.

Unknown is never different: where one of the two records nothing, the field says so and decides nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

SAME, PARTLY, WITHIN, DIFFERENT, UNKNOWN = "same", "partly the same", "one within the other", "different", "unknown"


@dataclass(frozen=True)
class Part:
    """One of the things that a field lists; `also` is what is said of it besides, `shared` that both have it."""

    label: str
    id: str | None = None
    also: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Line:
    """One field of both; `told` is one of the five words or empty, and `note` why, where that is not plain."""

    name: str
    title: str
    told: str
    note: str
    one: Sequence[Part]
    other: Sequence[Part]


def of_things(name: str, title: str, sides: Sequence[Sequence[Part]], akin: Collection[tuple[str, str]]) -> Line:
    """A field of things with ids, of each of two; `akin` are the (finer, broader) of them that lie in one another."""
    ids = [{part.id for part in side} for side in sides]
    common = ids[0] & ids[1]
    mine, theirs = (
        sorted((replace(p, shared=p.id in common) for p in side), key=lambda p: (not p.shared, p.label, p.id or ""))
        for side in sides
    )
    if not mine or not theirs:
        return _unknown(name, title, mine, theirs)
    if ids[0] == ids[1]:
        return Line(name, title, SAME, "", mine, theirs)
    if common:
        return Line(name, title, PARTLY, f"{len(common)} in common", mine, theirs)
    if any((a, b) in akin or (b, a) in akin for a in ids[0] for b in ids[1]):
        return Line(name, title, WITHIN, "", mine, theirs)
    return Line(name, title, DIFFERENT, "none in common", mine, theirs)


def of_words(name: str, title: str, sides: Sequence[Sequence[str]]) -> Line:
    """A field of words, of each of two: the same, whatever their case and spacing, or not."""
    one, other = ([Part(text) for text in side] for side in sides)
    if not one or not other:
        return _unknown(name, title, one, other)
    words = [{" ".join(text.casefold().split()) for text in side} for side in sides]
    told = SAME if words[0] == words[1] else PARTLY if words[0] & words[1] else DIFFERENT
    return Line(name, title, told, "", one, other)


def of_periods(name: str, title: str, rows: Sequence[Mapping[str, Any]]) -> Line:
    """The periods of two rows with starts, ends, from_date and to_date, as the tables have them.

    Two that do not meet are only called different where their stated bounds say so: what was seen at work on one day
    may well have run on others.
    """
    one, other = rows
    sides = _days(one), _days(other)
    if not all(sides):
        return _unknown(name, title, *sides)
    bounds = [(row["starts"], row["ends"]) for row in rows]
    if bounds[0] == bounds[1] and None not in bounds[0]:
        return Line(name, title, SAME, "", *sides)
    first, last = max(one["from_date"], other["from_date"]), min(one["to_date"], other["to_date"])
    if first <= last:
        return Line(name, title, PARTLY, f"both {_span(first, last)}", *sides)
    if _ended_before(one, other) or _ended_before(other, one):
        return Line(name, title, DIFFERENT, "one ended before the other began", *sides)
    return Line(name, title, UNKNOWN, "known from different days only", *sides)


def _unknown(name: str, title: str, one: Sequence[Part], other: Sequence[Part]) -> Line:
    note = "recorded for neither" if not one and not other else f"not recorded for the {'second' if one else 'first'}"
    return Line(name, title, UNKNOWN, note, one, other)


def _ended_before(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["ends"] and other["starts"] and one["ends"] < other["starts"])


def _span(first: date, last: date) -> str:
    return f"on {first}" if first == last else f"from {first} to {last}"


def _days(row: Mapping[str, Any]) -> list[Part]:
    """The bounds as stated, or the days on which a source saw it at work."""
    if row["from_date"] is None:
        return []
    if row["starts"] is None and row["ends"] is None:
        return [Part(f"seen at work {_span(row['from_date'], row['to_date'])}")]
    return [Part(f"{row['starts'] or 'unknown'} to {row['ends'] or 'unknown'}")]
