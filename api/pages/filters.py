"""The filter bar: the same filters on every page, held in the address and carried from page to page.

A page takes some of the common filters. Those that it does not take stay in the address, shown as idle, so that
nothing is lost on the way from a page that has them to another that has them too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request

from api.pages.address import address, carried, given, pairs
from graph.errors import InvalidParameter
from graph.questions.answer import labels_of
from graph.questions.parameters import COMMON, Parameter, find
from graph.tables.world import World
from ontology.vocabulary import codes, kinds
from viz.years import Years, years

FEWEST_YEARS = 3
"""Of fewer there is nothing to choose."""
TIMES = ("on", "from", "to")
SUGGESTED = {"place": "Place", "actor": "Actor", "programme": "Programme"}
"""Kinds that a field suggests while somebody types -> type in the reconciliation service."""


@dataclass(frozen=True)
class Value:
    """One value of a filter: as it was given, what a reader sees, and the id if one thing is meant."""

    given: str
    label: str
    id: str | None = None


@dataclass(frozen=True)
class Field:
    """A filter with its values; `suggests` is the type that the field suggests while somebody types, if any."""

    name: str
    parameter: Parameter
    values: tuple[Value, ...]
    suggests: str | None = None


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it. An idle one is carried, for this page does not take it."""

    title: str
    label: str
    remove: str
    idle: bool


@dataclass(frozen=True)
class Year:
    """A year in which programmes are known to run, whether the filters let it in, and the address with only it."""

    year: int
    programmes: int
    high: float
    within: bool
    url: str


@dataclass(frozen=True)
class FilterBar:
    """All that the bar shows.

    action  the page's path
    fields  the common filters that the page takes; `idle` those that it keeps for others, `own` those that no other has
    kept    (name, value) of what else is carried through the form
    sent    what to hand to a question or network: the page's parameters only
    query   the common filters as a query string, for links to other pages
    here    the address of this view; `clear` that of the page without any filter
    years   a histogram by which a time is chosen, on pages that take one and worlds of several years
    """

    action: str
    fields: tuple[Field, ...]
    idle: tuple[Field, ...]
    own: tuple[Field, ...]
    chips: tuple[Chip, ...]
    sent: Mapping[str, Sequence[str]]
    query: str
    here: str
    clear: str
    years: tuple[Year, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    def without(self, names: Collection[str | None]) -> "FilterBar":
        """The bar without fields for what is chosen on the page itself, which the form carries along."""
        aside = [field for field in self.own if field.name in names]
        return replace(
            self,
            own=tuple(field for field in self.own if field not in aside),
            kept=(*self.kept, *((field.name, value.given) for field in aside for value in field.values)),
        )


def filter_bar(request: Request, world: World, parameters: Mapping[str, Parameter]) -> FilterBar:
    """The bar of a page that takes these parameters, with what the request's address holds of them.

    A page that takes none keeps what else its address holds, such as what is searched for.
    """
    told = pairs(request)
    kept = () if parameters else tuple(pair for pair in told if pair[0] not in COMMON)
    known = COMMON | dict(parameters)
    values = {name: _values(world, name, parameter, told) for name, parameter in known.items()}
    fields = {name: Field(name, p, values[name], SUGGESTED.get(p.type)) for name, p in known.items()}
    return FilterBar(
        action=request.url.path,
        fields=tuple(fields[name] for name in COMMON if name in parameters),
        idle=tuple(fields[name] for name in COMMON if name not in parameters),
        own=tuple(field for name, field in fields.items() if name not in COMMON),
        chips=tuple(_chips(request.url.path, told, parameters, values)),
        sent=given(request, parameters),
        query=carried(request),
        here=address(request.url.path, told),
        clear=address(request.url.path, kept),
        kept=kept,
        years=tuple(_years(request, world, told)) if "from" in parameters and "to" in parameters else (),
    )


def _years(request: Request, world: World, told: Sequence[tuple[str, str]]) -> Iterator[Year]:
    found: Years = request.app.state.years.of(world, years)
    if len(found.counts) < FEWEST_YEARS:
        return
    given = dict(told)
    first, last = (_year(given.get(name) or given.get("on")) for name in ("from", "to"))
    kept = [(name, value) for name, value in told if name not in TIMES]
    for year, programmes in found.counts.items():
        only = [*kept, ("from", f"{year}-01-01"), ("to", f"{year}-12-31")]
        within = (first or year) <= year <= (last or year)
        high = round(100 * programmes / found.most, 1)
        yield Year(year, programmes, high, within, address(request.url.path, only))


def _year(text: str | None) -> int | None:
    """The year of a date in the address; a wrong one is told by the page itself."""
    return int(text[:4]) if text and text[:4].isdecimal() else None


def _values(world: World, name: str, parameter: Parameter, given: Sequence[tuple[str, str]]) -> tuple[Value, ...]:
    return tuple(_value(world, name, parameter, text) for other, text in given if other == name)


def _value(world: World, name: str, parameter: Parameter, text: str) -> Value:
    """The value with the label of what it names; one that names nothing keeps its text, and the page tells why."""
    kind = parameter.type
    if kind in kinds():
        listed = codes(kind)
        code = listed.get(text) or next((c for c in listed.values() if text in (c.notation, c.id, c.label)), None)
        return Value(text, code.label, code.id) if code else Value(text, text)
    if kind in ("date", "integer", "number", "choice", "dataset", "spot"):
        return Value(text, text)
    try:
        id_ = find(world, kind, text, name)
    except InvalidParameter:
        return Value(text, text)
    return Value(text, labels_of(world, {id_}).get(id_, text), id_)


def _chips(
    path: str,
    given: Sequence[tuple[str, str]],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, Sequence[Value]],
) -> Iterator[Chip]:
    known: Mapping[str, Parameter] = COMMON | dict(parameters)
    for at, (name, text) in enumerate(given):
        if name in known and text != known[name].default:
            label = next(value.label for value in values[name] if value.given == text)
            without = [pair for place, pair in enumerate(given) if place != at]
            yield Chip(known[name].title, label, address(path, without), idle=name not in parameters)
