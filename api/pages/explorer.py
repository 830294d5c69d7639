"""`/explorer`: where one begins, and `/explorer/{kind}`: a network as a picture that one can work in.

Without scripts the page is a form, the picture as SVG and the tables; what a script does, a link does too.
"""

from collections.abc import Mapping
from heapq import nsmallest
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.address import address, common
from api.pages.filters import filter_bar
from api.pages.kept import kept
from api.pages.rendering import options, render
from api.pictures import filters, shown, soon
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.network.catalogue import Kind, kind, kinds
from graph.network.measures import ABOUT, TITLES
from graph.questions.parameters import Parameter
from graph.tables.world import World
from graph.things.search import search
from viz.drawings.evidence import evidence
from viz.drawings.filtering import filtered
from viz.drawings.neighbours import neighbours
from viz.drawings.picture import MEASURED, Picture, look_for, looks, strokes
from viz.drawings.shelf import Making
from viz.drawings.svg import to_svg
from viz.drawings.view import AT_ONCE, PERIOD

router = APIRouter(include_in_schema=False)
NAMES = TITLES | {"community": "Community"}
WALKED = ("actor", "programme", "place", "flow", "instrument")
"""Kinds of thing that stand in networks."""
PATIENCE = 1.0
"""Seconds after which the page says how far a picture has come, instead of keeping its reader waiting for it."""
ROWS = 200
"""Rows of a table without scripts."""
LOOKED_AT = ("select", "mark", "colour", "size", "at", "sort", "tab", "row")
"""What of the address only the page knows: what is selected and highlighted, how it is coloured, the camera."""
DONE_HERE = ("without", "hide", "since", "until", "pin", "theme")
"""What the server knows too, but the page's script does by itself, so that nothing has to be fetched."""
BEGINNINGS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("Coordination", "coordination", {}, "Who is tied to whom, and who is part of whom."),
    ("Co-presence", "coordination", {"together": "yes"}, "Who takes part in one programme with whom."),
    ("Funding", "who-does-what", {"role": "funding"}, "Who funds which programmes, and where these run."),
    ("Who does what", "who-does-what", {}, "Actors, their programmes and the places of these."),
    ("Flows", "flows", {}, "From where to where trafficking goes, by what sources tell of its legs."),
)
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "How are IOM and the Aga Khan Foundation connected?",
        "path",
        {"start": "actor/iom", "end": "actor/aga-khan-foundation"},
    ),
    (
        "Who should meet, but does not?",
        "coordination",
        {"together": "yes", "suggest": "yes"},
    ),
    ("Who bridges groups that have little else in common?", "coordination", {"together": "yes", "size": "betweenness"}),
    ("What is round the UN Office on Drugs and Crime?", "surroundings", {"thing": "actor/unodc", "depth": "1"}),
    ("Which countries do the same actors have in common?", "coordination", {"connect": "place"}),
    ("By which places do drugs travel?", "flows", {"domain": "drugs"}),
)
"""Title, network and parameters; those that name a thing of which nothing is loaded are left out."""


@router.get("/explorer")
def beginning(request: Request, world: ReaderWorld, q: str = "") -> Response:
    """A search, two ends to connect, and questions that are ready."""
    found, problem = None, None
    if q.strip():
        try:
            found = search(world, q, limit=30)
        except ConcertError as error:
            problem = error
    named = {value for _, _, asked in QUESTIONS for value in asked.values() if "/" in value}
    there = {row["id"] for row in world.rows("select id from thing where list_contains($ids, id)", {"ids": [*named]})}
    ready = [
        (title, address(f"/explorer/{name}", asked))
        for title, name, asked in QUESTIONS
        if all(value in there for value in asked.values() if "/" in value)
    ]
    return render(
        "explorer.html",
        world,
        status=problem.status if problem else 200,
        request=request,
        begins=True,
        making=None,
        q=q,
        found=found,
        problem=problem,
        ready=ready,
        beginnings=_beginnings(request),
        walked=WALKED,
    )


@router.get("/explorer/{name}")
@kept
def explorer(name: str, request: Request, world: ReaderWorld) -> Response:
    """A network as a picture, with its filters, its tables, and what is selected; how far it is while it is made."""
    drawn = kind(name)
    sent = _sent(request)
    values: dict[str, Any] = {
        "picture": None,
        "making": None,
        "svg": None,
        "panel": None,
        "nodes": (),
        "links": (),
        "looks": (),
        "strokes": (),
    }
    missing = [needed for needed in drawn.header.needs if needed not in sent]
    problem: ConcertError | None = None
    if not missing:
        try:
            values |= _shown(request, world, name, sent)
        except ConcertError as error:
            problem = error
    parameters, asked = _form(drawn), _kept(request)
    return render(
        "explorer.html",
        world,
        status=problem.status if problem else HTTPStatus.ACCEPTED if values["making"] else HTTPStatus.OK,
        begins=False,
        kind=name,
        network=drawn,
        bar=filter_bar(request, world, parameters),
        kept=asked,
        options=options(world),
        missing=missing,
        problem=problem,
        beginnings=_beginnings(request),
        measures={name: ABOUT[name] for name in MEASURED},
        titles=NAMES,
        link=lambda **changed: _changed(request, name, changed),
        looked_at=LOOKED_AT,
        done_here=DONE_HERE,
        api=f"/api/drawings/{name}",
        data=address(f"/api/drawings/{name}", [pair for pair in asked if pair[0] not in DONE_HERE]),
        query=urlencode(asked),
        **values,
    )


@router.get("/explorer/{name}/panel")
def panel(name: str, request: Request, world: ReaderWorld) -> Response:
    """What is selected, as a fragment that the page's script puts in."""
    _, whole, _ = shown(request, world, name, _sent(request))
    return render("explorer-panel.html", world, panel=_panel(request, world, name, whole))


@router.get("/explorer/{name}/add")
def add(name: str, request: Request) -> Response:
    """For the form without scripts that adds a thing to the picture."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "add" and value]
    query += [("open", f"{value}~~0") for value in request.query_params.getlist("add") if value]
    return RedirectResponse(f"/explorer/{kind(name).name}?{urlencode(query)}", 303)


def _sent(request: Request) -> dict[str, list[str]]:
    names = dict.fromkeys(name for name, value in request.query_params.multi_items() if value)
    return {name: request.query_params.getlist(name) for name in names if name not in LOOKED_AT}


def _form(drawn: Kind) -> dict[str, Parameter]:
    """The fields of the form; how much is drawn and measured isn't among them."""
    apart = ("measures", "nodes", "edges")
    return {name: p for name, p in drawn.parameters.items() if name not in apart}


def _kept(request: Request) -> list[tuple[str, str]]:
    """What of the address a small form of the page sends along."""
    return [(name, value) for name, value in request.query_params.multi_items() if value and name not in LOOKED_AT]


def _shown(request: Request, world: World, name: str, sent: Mapping[str, list[str]]) -> dict[str, Any]:
    found = soon(request, world, name, sent, PATIENCE)
    if isinstance(found, Making):
        return {"making": found}
    _, whole, view = found
    left = filtered(whole, view)
    svg = to_svg(whole, view, theme="both", stamped=False, links=True).decode("utf-8")
    first = nsmallest(ROWS, range(len(left.nodes)), lambda at: (-left.nodes[at].links, left.nodes[at].label))
    return {
        "picture": left,
        "whole": whole,
        # Made of elements whose texts are escaped.
        "svg": Markup(svg),  # noqa: S704
        "panel": _panel(request, world, name, whole),
        "nodes": [(left.nodes[at], look_for(left, left.nodes[at].look).label, _values(left, at)) for at in first],
        "links": [(left.nodes[edge.source], edge, left.nodes[edge.target]) for edge in left.edges[:ROWS]],
        "looks": looks(left),
        "strokes": strokes(left),
        "rows": ROWS,
    }


def _values(picture: Picture, at: int) -> dict[str, Any]:
    return {name: of[at].item() for name, of in picture.values.items() if of[at] == of[at]}


def _panel(request: Request, world: World, name: str, whole: Picture) -> dict[str, Any] | None:
    """What is selected: a node with what is beside it, or what the links between two nodes rest on."""
    chosen = request.query_params.get("select")
    if not chosen:
        return {"edge": None, "steps": _steps(request, name, whole)} if name == "path" and whole.nodes else None
    values = filters(world, {key: _sent(request)[key] for key in PERIOD if key in _sent(request)})
    one, _, other = chosen.partition("~")
    if other:
        met = next((row for row in whole.suggestions if {row["actor"]["id"], row["other"]["id"]} == {one, other}), None)
        told = evidence(world, one, other, values)
        caveat = whole.about.get("suggested_caveat", "")
        return {"edge": told, "meet": met, "caveat": caveat, "close": _changed(request, name, {"select": ()})}
    told = neighbours(world, one, values)
    at = whole.number.get(one)
    node = None if at is None else whole.nodes[at]
    opened = {text.split("~")[0]: text for text in request.query_params.getlist("open")}
    return {
        "edge": None,
        "thing": told["thing"],
        "node": node,
        "look": look_for(whole, node.look).label if node else None,
        "values": {} if at is None else _values(whole, at),
        "about": whole.about.get("measured", ABOUT),
        "titles": NAMES,
        "things": told["things"],
        "kinds": [each | _offered(request, name, one, each, whole) for each in told["kinds"]],
        "collapse": _changed(request, name, {"open": _without(request, one)}) if one in opened else None,
        "add": None if node else _changed(request, name, {"open": [*_opens(request), f"{one}~~0"]}),
        "surroundings": f"/explorer/surroundings?{urlencode({'thing': one, 'depth': '1'})}",
        "two": f"/explorer/surroundings?{urlencode({'thing': one, 'depth': '2'})}",
        "close": _changed(request, name, {"select": ()}),
        "kind": name,
    }


def _steps(request: Request, name: str, whole: Picture) -> list[dict[str, Any]]:
    """The links of a path in the order in which one walks them, each with the address of what it rests on."""

    def away(at: int) -> int:
        return whole.nodes[at].distance or 0

    steps = []
    for edge in whole.edges:
        near, far = sorted((edge.source, edge.target), key=away)
        chosen = f"{whole.nodes[edge.source].id}~{whole.nodes[edge.target].id}"
        steps.append(
            {
                "order": (away(near), near, far),
                "near": whole.nodes[near].label,
                "far": whole.nodes[far].label,
                "label": edge.label,
                "arrow": "–" if not edge.directed else "→" if near == edge.source else "←",
                "url": _changed(request, name, {"select": chosen}),
            }
        )
    return sorted(steps, key=lambda step: step["order"])


def _offered(request: Request, name: str, thing: str, found: Mapping[str, Any], whole: Picture) -> dict[str, Any]:
    """How many neighbours by one kind of link are shown, and the link that shows the next ten."""
    here = whole.number.get(thing)
    beside = {
        edge.target if edge.source == here else edge.source
        for edge in whole.edges
        if edge.kind == found["kind"] and here in (edge.source, edge.target)
    }
    others = [text for text in _opens(request) if text.split("~")[:2] != [thing, found["kind"]]]
    asked = next(
        (int(text.split("~")[2]) for text in _opens(request) if text.split("~")[:2] == [thing, found["kind"]]), 0
    )
    more = _changed(request, name, {"open": [*others, f"{thing}~{found['kind']}~{asked + AT_ONCE}"]})
    return {
        "shown": min(len(beside), found["things"]),
        "more": more if asked < found["things"] and len(beside) < found["things"] else None,
        "next": min(AT_ONCE, found["things"] - len(beside)),
        "fewer": _changed(request, name, {"open": others}) if asked else None,
    }


def _opens(request: Request) -> list[str]:
    return request.query_params.getlist("open")


def _without(request: Request, thing: str) -> list[str]:
    return [text for text in _opens(request) if text.split("~")[0] != thing]


def _changed(request: Request, name: str, changed: Mapping[str, Any]) -> str:
    """The address of the page with some parameters replaced; an empty value takes one away."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key not in changed and value]
    for key, values in changed.items():
        query += [(key, value) for value in ([values] if isinstance(values, str) else values)]
    return f"/explorer/{name}?{urlencode(query)}"


def _beginnings(request: Request) -> list[tuple[str, str, str]]:
    """The whole networks, under the filters in force unless they are about such a one themselves."""
    return [
        (
            title,
            address(f"/explorer/{name}", [*asked.items(), *(p for p in common(request) if p[0] not in asked)]),
            about,
        )
        for title, name, asked, about in BEGINNINGS
        if name in kinds()
    ]
