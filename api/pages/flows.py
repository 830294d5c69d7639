"""`/flows`: what goes from where to where, on a map, as a diagram and as a table."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import viz
from api.negotiation import single
from api.pages.filters import FilterBar, filter_bar
from api.pages.kept import kept
from api.pages.legs import Figure, Leg, at_places, figures_of, legs_of
from api.pages.mapping import base_map
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.at_once import at_once
from graph.errors import ConcertError, InvalidParameter
from graph.questions.answer import Answer, ask, question
from graph.questions.parameters import MAX_LIMIT, Parameter, resolve
from graph.tables.world import World
from ontology.vocabulary import codes
from viz.maps.arcs import arcs
from viz.maps.picture import Picture, picture
from viz.maps.places import places
from viz.palette import PLACE_ROLES, outline

RUNNING = (Path(viz.__file__).parent / "maps" / "running.sql").read_text(encoding="utf-8")
SHOWN = "250"
"""Legs on one page without a limit in the address."""
FIGURES = 2_000
SHARED = ("domain", "dataset", "on", "from", "to")
OVERLAY = Parameter(
    title="Programmes on the map",
    type="choice",
    of=("shown", "hidden"),
    default="shown",
    about="how many run at each place",
)
NONE = "none"
WIDEST = 14.0
"""Pixels of the widest arc."""
router = APIRouter(include_in_schema=False)


@router.get("/flows")
@kept
def flows_page(request: Request, world: ReaderWorld) -> Response:
    """Legs with their figures, and what runs along them."""
    asked = question("flows")
    values: dict[str, Any] = {"answer": None, "problem": None}
    own = {"figure": _choice(()), "programmes": OVERLAY}
    bar = filter_bar(request, world, asked.parameters | own)
    try:
        sent = {name: given for name, given in bar.sent.items() if name not in own}
        shared = {name: given for name, given in sent.items() if name in SHARED}
        answer, *told = at_once(
            lambda: ask(world, "flows", sent, single(request, "limit") or SHOWN, single(request, "cursor")),
            lambda: ask(world, "figures", shared, FIGURES),
            lambda: ask(world, "contested-figures", shared, FIGURES),
        )
        figures = figures_of(world, *told)
        values |= _drawn(request, world, answer, figures)
        bar = filter_bar(request, world, asked.parameters | {"figure": _choice(values["kinds"]), "programmes": OVERLAY})
    except ConcertError as error:
        values["problem"] = error
    return render(
        "flows.html",
        world,
        status=values["problem"].status if values["problem"] else 200,
        question=asked,
        bar=bar,
        options=options(world),
        links=_links(request, bar, values["answer"]),
        **values,
    )


def _choice(kinds: Sequence[str]) -> Parameter:
    return Parameter(
        title="Figure", type="choice", of=(*kinds, NONE), default=kinds[0] if kinds else NONE, about="what widths show"
    )


def _drawn(request: Request, world: World, answer: Answer, figures: Sequence[Figure]) -> dict[str, Any]:
    legs = legs_of(world, answer, figures)
    ends = _ends(legs)
    kinds = _kinds(legs, figures, set(ends))
    kind, lacking = _chosen(request, kinds)
    overlay = resolve(world, {"programmes": OVERLAY}, _given(request, "programmes"))["programmes"] == "shown"
    count = _running(world, answer.parameters, ends)
    here = at_places((figure for figure in figures if figure.place in ends), kind)
    ordered = sorted(places(world, ends), key=lambda place: (place.is_wide, -ends[place.id], place.id))
    drawn = picture(base_map(request.app.state), ordered, width=1200)
    return {
        "answer": answer,
        "picture": drawn,
        "kinds": kinds,
        "kind": None if kind == NONE else kind,
        "lacking": lacking,
        "overlay": overlay,
        "count": count,
        "roles": _roles(legs),
        "looks": {name: outline(look.shape) for name, look in PLACE_ROLES.items()},
        "role_titles": {name: look.label for name, look in PLACE_ROLES.items()},
        "lines": _lines(legs, kind, here),
        "rings": _rings(here, drawn),
        **_arcs(legs, kind, drawn),
    }


def _given(request: Request, name: str) -> dict[str, list[str]]:
    return {name: [text for text in request.query_params.getlist(name) if text]}


def _chosen(request: Request, kinds: Sequence[str]) -> tuple[str, str | None]:
    """The kind of figure asked for, else the one that tells most; and the one asked for where these flows lack it, as
    they may once another filter has changed. Raises InvalidParameter for what is no kind of figure.
    """
    text = single(request, "figure")
    most = kinds[0] if kinds else NONE
    if not text or text in (*kinds, NONE):
        return text or most, None
    measure, _, unit = text.partition(" in ")
    if measure not in codes("measure") or unit not in codes("unit"):
        raise InvalidParameter(
            f"figure cannot be {text!r} for these flows",
            parameter="figure",
            given=text[:80],
            expected="one of " + ", ".join((*kinds, NONE)),
        )
    return most, text


def _ends(legs: Sequence[Leg]) -> Counter[str]:
    """Every place that a leg touches, with the number of legs that do."""
    return Counter(place for leg in legs for place in (leg.place, leg.next) if place)


def _kinds(legs: Sequence[Leg], figures: Sequence[Figure], ends: set[str]) -> tuple[str, ...]:
    """Kinds of figure that bear on a leg or a place shown, those that tell of most legs first, then of most places."""
    on_legs = Counter(kind for leg in legs if leg.next for kind in {figure.kind for figure in leg.figures})
    at_ends = Counter(figure.kind for figure in figures if figure.place in ends)
    return tuple(sorted({*on_legs, *at_ends}, key=lambda kind: (-on_legs[kind], -at_ends[kind], kind)))


def _running(world: World, asked: Mapping[str, Any], ends: Mapping[str, int]) -> dict[str, int]:
    """How many programmes run at each place for the domains asked for."""
    if not ends:
        return {}
    given = {name: asked.get(name) for name in SHARED}
    rows = world.rows(RUNNING, {**given, "places": sorted(ends)})
    return dict.fromkeys(ends, 0) | {row["place"]: row["programmes"] for row in rows}


def _roles(legs: Sequence[Leg]) -> dict[str, str]:
    """Place -> its role in the flows shown, `several` where they differ."""
    roles = defaultdict(set)
    for leg in legs:
        if leg.role:
            roles[leg.place].add(leg.role)
    told = {place: next(iter(found)) if len(found) == 1 else "several" for place, found in roles.items()}
    return dict.fromkeys(_ends(legs), "place") | told


def _widths(figure: Figure | None, most: float) -> dict[str, Any]:
    """How an arc is drawn: `inner` as wide as the low, `outer` as wide as the high; open where a bound is unknown."""
    if figure is None or not figure.size:
        return {"inner": None, "outer": None, "open": False}
    low, high = figure.low, figure.high
    inner = max(1.5, WIDEST * (low or 0.0) / most)
    outer = inner + 5 if high is None else max(2.5, WIDEST * high / most)
    return {"inner": round(inner, 1), "outer": round(outer, 1), "open": high is None}


def _arcs(legs: Sequence[Leg], kind: str, drawn: Picture) -> dict[str, Any]:
    """The legs that the map can show as arcs, widest below; and how many it cannot."""
    spots = {spot.place.id: (spot.x, spot.y) for spot in drawn.spots}
    joined = [leg for leg in legs if leg.next]
    shown = [leg for leg in joined if leg.place in spots and leg.next in spots and spots[leg.place] != spots[leg.next]]
    found = {leg.number: leg.figure(kind) for leg in shown}
    most = max((figure.size for figure in found.values() if figure), default=0.0) or 1.0
    # Legs between the same two places lie apart: one arc after another outwards.
    lines = arcs((spots[leg.place], spots[str(leg.next)]) for leg in shown)
    laid = [
        {**vars(arc), **_widths(found[leg.number], most), "leg": leg, "figure": found[leg.number]}
        for leg, arc in zip(shown, lines, strict=True)
    ]
    laid.sort(key=lambda arc: -(arc["outer"] or 0))
    return {
        "arcs": laid,
        "most": most,
        "unshown": len(joined) - len(shown),
        "alone": len(legs) - len(joined),
        "without": sum(1 for figure in found.values() if figure is None),
    }


def _rings(here: Mapping[str, Figure], drawn: Picture) -> dict[str, dict[str, Any]]:
    """Rings round the places that the chosen figure is for: areas in proportion, low within high."""
    shown = {spot.place.id for spot in drawn.spots}
    most = max((figure.size for place, figure in here.items() if place in shown), default=0.0) or 1.0

    def radius(value: float) -> float:
        return round(10 + 16 * math.sqrt(value / most), 1)

    return {
        place: {
            "low": radius(figure.low) if figure.low else None,
            "high": radius(figure.high) if figure.high else None,
            "figure": figure,
        }
        for place, figure in here.items()
        if place in shown and figure.size
    }


def _lines(legs: Sequence[Leg], kind: str, here: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """The rows of the table, and what the diagram reads from them."""
    role_of = {(leg.row["flow"]["id"], leg.place): leg.role for leg in legs}
    return [
        {
            "leg": leg,
            "figure": leg.figure(kind),
            "others": [figure for figure in leg.figures if figure is not leg.figure(kind)],
            "here": here.get(leg.place),
            "next_role": role_of.get((leg.row["flow"]["id"], leg.next or ""), "destination"),
        }
        for leg in legs
    ]


def _links(request: Request, bar: FilterBar, answer: Answer | None) -> dict[str, str]:
    if answer is None:
        return {}
    known = answer.question.parameters
    asked = [(name, value) for name, values in bar.sent.items() if name in known for value in values]
    links = {
        form: f"/api/questions/flows?{urlencode([*asked, ('limit', MAX_LIMIT), ('format', form)])}"
        for form in ("csv", "xlsx", "json")
    }
    links["figures"] = "/questions/figures?" + urlencode([pair for pair in asked if pair[0] in SHARED])
    links["contested"] = "/questions/contested-figures?" + urlencode([pair for pair in asked if pair[0] in SHARED])
    if answer.next:
        links["next"] = f"/flows?{request.url.include_query_params(cursor=answer.next).query}"
    return links
