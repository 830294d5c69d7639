"""What somebody has done with a picture: opened things, moved nodes, left kinds out. A view is text in a URL."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import InvalidParameter
from graph.questions.parameters import COMMON, WHOLE, Parameter, find
from graph.tables.world import World

MOST_EDGES = 60_000
AT_ONCE = 10
MOST_OPEN = 40
MOST_SHOWN = 500
MOST_PINNED = 200
FURTHEST = 10_000_000.0
PERIOD = ("on", "from", "to", "dataset")
"""Filters that hold for whatever is added to a picture."""

PARAMETERS: dict[str, Parameter] = {
    "open": Parameter(
        title="Opened",
        type="opening",
        many=True,
        about="add what is linked to a thing: its id or name, then `~` and a kind of link, then `~` and how many",
    ),
    "connect": Parameter(
        title="Connect by",
        type="choice",
        of=("place", "domain", "funder"),
        about="add what several of the actors have in common: places, domains or funders of their programmes",
    ),
    "suggest": Parameter(
        title="Should meet",
        type="choice",
        of=("no", "yes"),
        default="no",
        about="add a dashed line between actors that work on the same without any recorded contact",
    ),
    "without": Parameter(title="Kinds left out", type="name", many=True, about="kinds of link that are not drawn"),
    "hide": Parameter(title="Nodes left out", type="name", many=True, about="looks of nodes that are not drawn"),
    "since": Parameter(title="Since", type="integer", low=1, high=9999, about="only links known in this year or later"),
    "until": Parameter(
        title="Until", type="integer", low=1, high=9999, about="only links known in this year or earlier"
    ),
    "pin": Parameter(
        title="Moved", type="spot", many=True, about="where a node was moved to: its id, x and y with `~`"
    ),
    "edges": Parameter(
        title="Links drawn", type="integer", low=1, high=MOST_EDGES, default=str(MOST_EDGES), about="at most so many"
    ),
}


@dataclass(frozen=True)
class Opening:
    """What is linked to `thing`, by links of one `kind` or of any, the first `count` of them."""

    thing: str
    kind: str | None
    count: int


@dataclass(frozen=True)
class View:
    """A view of a picture; the default one is the picture as it comes."""

    opened: tuple[Opening, ...] = ()
    connect: str | None = None
    suggest: bool = False
    without: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    pinned: tuple[tuple[str, float, float], ...] = ()
    edges: int = MOST_EDGES

    @property
    def said(self) -> list[str]:
        """What of it is a filter, in words, for the stamp."""
        told = []
        if self.since or self.until:
            told.append(f"Years: {self.since or '…'} to {self.until or '…'}")
        if self.without:
            told.append("Links left out: " + ", ".join(sorted(self.without)))
        if self.hidden:
            told.append("Nodes left out: " + ", ".join(sorted(self.hidden)))
        if self.connect:
            told.append(f"Connected by {self.connect}")
        return told


def split(given: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What of a request is for the network, and what for the view of it."""
    sides: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for name, values in given.items():
        sides[name in PARAMETERS][name] = list(values)
    return sides


def read(world: World, given: Mapping[str, Sequence[str]]) -> View:
    """The view that the texts `given` describe. Raises InvalidParameter for anything wrong in one."""
    texts = {name: [text.strip() for text in values if text.strip()] for name, values in given.items()}
    for name, values in texts.items():
        if len(values) > 1 and not PARAMETERS[name].many:
            raise _wrong(name, ", ".join(values), "one value")
    opened = tuple(_opening(world, text) for text in texts.get("open", ()))
    pinned = tuple(_spot(text) for text in texts.get("pin", ()))
    for name, many, most in (("open", len(opened), MOST_OPEN), ("pin", len(pinned), MOST_PINNED)):
        if many > most:
            raise _wrong(name, f"{many} times", f"at most {most} times")
    since, until = (_number(name, texts) for name in ("since", "until"))
    if since and until and since > until:
        raise _wrong("since", str(since), f"a year up to {until}")
    return View(
        opened,
        _choice("connect", texts),
        _choice("suggest", texts) == "yes",
        frozenset(texts.get("without", ())),
        frozenset(texts.get("hide", ())),
        since,
        until,
        pinned,
        _number("edges", texts) or MOST_EDGES,
    )


def described() -> dict[str, dict[str, Any]]:
    """The parameters of a view, for the catalogue."""
    return {name: parameter.model_dump(exclude_none=True) for name, parameter in PARAMETERS.items()}


def period(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of resolved parameters those that hold for what is added, None where they weren't given."""
    return {name: values.get(name) for name in PERIOD}


def periods() -> dict[str, Parameter]:
    """The parameters that hold for whatever is added to a picture."""
    return {name: COMMON[name] for name in PERIOD}


def _opening(world: World, text: str) -> Opening:
    thing, *more = text.split("~")
    kind = more[0] if more and more[0] else None
    count = more[1] if len(more) > 1 else str(AT_ONCE)
    if len(more) > 2 or not WHOLE.fullmatch(count) or not 0 <= int(count) <= MOST_SHOWN:
        raise _wrong("open", text, f"an id such as actor/iom~implementing~10, with 0 to {MOST_SHOWN} at the end")
    return Opening(find(world, "thing", thing, "open"), kind, int(count))


def _spot(text: str) -> tuple[str, float, float]:
    try:
        node, x, y = text.split("~")
        spot = float(x), float(y)
    except ValueError:
        raise _wrong("pin", text, "an id, x and y such as actor/iom~120~80") from None
    if not all(math.isfinite(part) and abs(part) <= FURTHEST for part in spot):
        raise _wrong("pin", text, f"x and y between -{FURTHEST:.0f} and {FURTHEST:.0f}")
    return node, *spot


def _choice(name: str, texts: Mapping[str, Sequence[str]]) -> str | None:
    value = next(iter(texts.get(name, ())), None)
    if value is not None and value not in PARAMETERS[name].of:
        raise _wrong(name, value, "one of " + ", ".join(PARAMETERS[name].of))
    return value


def _number(name: str, texts: Mapping[str, Sequence[str]]) -> int | None:
    text = next(iter(texts.get(name, ())), None)
    if text is None:
        return None
    low, high = PARAMETERS[name].low or 0, PARAMETERS[name].high or 0
    if not WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise _wrong(name, text, f"a whole number from {low} up to {high}")
    return int(text)


def _wrong(name: str, given: str, expected: str) -> InvalidParameter:
    return InvalidParameter(f"{name} cannot be {given[:80]!r}", parameter=name, given=given[:80], expected=expected)
