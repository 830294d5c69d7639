"""`/gaps`: which responses are missing, ranked beside a map, and along the routes of flows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import single
from api.pages.corridors import STATUSES, Corridors, corridors
from api.pages.filters import FilterBar, filter_bar
from api.pages.kept import kept
from api.pages.mapping import base_map
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.at_once import at_once
from graph.errors import ConcertError
from graph.questions.answer import Answer, ask, labels_of, question
from graph.questions.parameters import MAX_LIMIT, Parameter, resolve
from graph.questions.tally import tally
from graph.tables.world import World
from ontology.vocabulary import codes
from viz.maps.picture import Picture, picture
from viz.maps.places import Place, places

VIEW = Parameter(title="View", type="choice", of=("ranked", "routes"), default="ranked", about="the list, or routes")
FOCUS = Parameter(title="Selected place", type="place", about="whose gaps stand out, without taking away the others")
ASIDE = ("row", "open", "first")
"""Where somebody is on the page: neither a filter nor part of the question."""
OWN = {"view": VIEW, "focus": FOCUS}
SHOWN = "25"
"""Rows on one page without a limit in the address: each holds all that it rests on."""
LISTS = (
    ("programmes", "At work"),
    ("planned", "Planned"),
    ("ended", "Ended"),
    ("refused", "Refused by an authority"),
    ("uncertain", "Recorded, but not shown at work on these days"),
    ("unstated", "At work here without a source that tells its response; it might be this one"),
    ("actors", "Actors"),
    ("funders", "Funders"),
    ("flows", "Flows that pass"),
    ("drivers", "Drivers"),
)
NAMED = 12
"""Things of each list that a row names, as the template's macro `few` does."""
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Here:
    """What the map says of one place: the status of what ranks highest, and all of it in words."""

    status: str
    told: str
    url: str
    score: float


@router.get("/gaps")
@kept
def gaps_page(request: Request, world: ReaderWorld) -> Response:
    """The list and the map, or the routes."""
    asked = question("gaps")
    bar = filter_bar(request, world, asked.parameters | OWN).without(OWN)
    sent = {name: values for name, values in bar.sent.items() if name not in (*OWN, *ASIDE)}
    values: dict[str, Any] = {"answer": None, "corridor": None, "picture": None, "problem": None, "first": 1}
    routes = request.query_params.get("view") == "routes"
    try:
        own = {name: values for name, values in bar.sent.items() if name in OWN}
        chosen = resolve(world, OWN, own)
        focus = chosen["focus"]
        if chosen["view"] == "routes":
            values |= _corridors(request, world, sent)
        else:
            values |= _ranked(request, world, sent, focus)
        answer = values["answer"] or values["corridor"].answer
        values["first"] = _first(request, answer)
    except ConcertError as error:
        answer, focus, values["problem"] = None, None, error
    return render(
        "gaps.html",
        world,
        status=values["problem"].status if values["problem"] else 200,
        question=asked,
        corridor_question=question("corridor-gaps"),
        bar=bar,
        options=options(world) | {"gap-status": _listed("gap-status"), "place-role": _listed("place-role")},
        corridors=routes,
        focus=focus,
        links=_links(request, bar, answer),
        **values,
    )


def _listed(kind: str) -> list[dict[str, Any]]:
    """The codes of a list in its own order."""
    return [{"value": c.notation, "id": c.id, "label": c.label, "depth": 0} for c in codes(kind).values()]


def _ranked(request: Request, world: World, sent: Mapping[str, Sequence[str]], focus: str | None) -> dict[str, Any]:
    anywhere = {name: values for name, values in sent.items() if name != "status"}
    answer, counted = at_once(
        lambda: ask(world, "gaps", sent, single(request, "limit") or SHOWN, single(request, "cursor")),
        lambda: tally(world, "gaps", anywhere, ("place", "status"), "score"),
    )
    wanted = set(answer.parameters.get("status") or ())
    shown = [row for row in counted if not wanted or row["status"] in wanted]
    anchors = _anchors(answer)
    told = _places(request, world, shown, answer, anchors)
    drawn = picture(base_map(request.app.state), _weightiest(world, told))
    # Who asks about one place wants to know why its first gap ranks there, and who is near.
    first = anchors[0] if anchors and sent.get("place") and not single(request, "cursor") else None
    opened = request.query_params.get("open") or first
    return {
        "answer": answer,
        "rows": [_row(request, row, anchor, opened) for row, anchor in zip(answer.rows, anchors, strict=True)],
        "places": told,
        "picture": drawn,
        "place_url": lambda id_: told[id_].url,
        "statuses": list(_statuses(request, counted, wanted)),
        "most": max((row["score"] for row in shown), default=0.0) or 1.0,
        "chosen": _chosen(request, world, focus),
    }


def _weightiest(world: World, told: Mapping[str, Here]) -> list[Place]:
    """Countries before regions, since there is more room for a region's name; the highest score first."""
    found = places(world, told)
    return sorted(found, key=lambda place: (place.is_wide, -told[place.id].score, place.id))


def _places(
    request: Request, world: World, counted: Sequence[Mapping[str, Any]], answer: Answer, anchors: Sequence[str]
) -> dict[str, Here]:
    by_place: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in counted:
        by_place[row["place"]].append(row)
    labels = labels_of(world, set(by_place))
    listed: dict[str, str] = {}
    for row, anchor in zip(answer.rows, anchors, strict=True):
        listed.setdefault(row["place"]["id"], anchor)
    return {
        id_: Here(
            max(rows, key=lambda row: (row["score"], STATUSES.index(_slug(row["status"]))))["status"].partition("/")[2],
            f"{labels.get(id_, id_)}: "
            + ", ".join(f"{row['rows']} {_words(row['status'])}" for row in sorted(rows, key=_order))
            + f"; highest score {max(row['score'] for row in rows):.2f}",
            _here(request, focus=_slug(id_)) + f"#{listed[id_]}" if id_ in listed else _here(request, place=_slug(id_)),
            max(row["score"] for row in rows),
        )
        for id_, rows in by_place.items()
    }


def _order(row: Mapping[str, Any]) -> int:
    return -STATUSES.index(_slug(row["status"]))


def _slug(id_: str) -> str:
    return id_.partition("/")[2]


def _words(status: str) -> str:
    return _slug(status).replace("-", " ")


def _here(request: Request, **changed: str | int) -> str:
    """This page with some parameters changed; `view` and the place in the answer are not carried."""
    url = request.url.remove_query_params(["cursor", "row", *[name for name, value in changed.items() if not value]])
    return f"{url.path}?{url.include_query_params(**{n: v for n, v in changed.items() if v}).query}"


def _statuses(request: Request, counted: Sequence[Mapping[str, Any]], wanted: set[str]) -> Sequence[dict[str, Any]]:
    """Each status with its count, and the address with it taken in or out of the filter."""
    known = codes("gap-status")
    lines = []
    for name in STATUSES:
        code = known[name]
        id_ = code.id
        chosen = sorted(_slug(other) for other in wanted ^ {id_})
        kept = [
            (key, value)
            for key, value in request.query_params.multi_items()
            if key not in ("status", "cursor") and value
        ]
        lines.append(
            {
                "name": name,
                "label": code.label,
                "about": code.definition,
                "count": sum(row["rows"] for row in counted if row["status"] == id_),
                "on": id_ in wanted,
                "url": "/gaps?" + urlencode([*kept, *(("status", other) for other in chosen)]),
            }
        )
    return lines


def _chosen(request: Request, world: World, focus: str | None) -> dict[str, str] | None:
    if focus is None:
        return None
    label = labels_of(world, {focus}).get(focus, focus)
    return {
        "label": label,
        "only": _here(request, place=_slug(focus), focus=""),
        "none": _here(request, focus=""),
    }


def _anchors(answer: Answer) -> list[str]:
    keys = ("place", "domain", "place_role", "response")
    return ["gap-" + "-".join(_slug(row[key]["id"]) for key in keys) for row in answer.rows]


def _row(request: Request, row: Mapping[str, Any], anchor: str, opened: str | None) -> dict[str, Any]:
    asked = urlencode({name: _slug(row[name]["id"]) for name in ("place", "domain", "response")})
    anything = urlencode({name: _slug(row[name]["id"]) for name in ("place", "domain")})
    return {
        "anchor": anchor,
        "open": opened == anchor,
        "covered": _covered(row),
        "lists": [(title, row[name]) for name, title in LISTS if row[name]],
        "crowded": any(len(row[name]) > NAMED for name, _ in LISTS),
        "all": f"/questions/programmes?{asked}",
        "near": f"/questions/best-placed?{asked}",
        "near_api": f"/api/questions/best-placed?{asked}&limit=5",
        "near_any": f"/api/questions/best-placed?{anything}&limit=5",
        "here": f"{_here(request, place=_slug(row['place']['id']), focus='')}#{quote(anchor)}",
    }


def _covered(row: Mapping[str, Any]) -> str:
    """What the datasets say that they looked at."""
    where = {
        "place": " What is recorded is recorded for the place itself.",
        "part": " What is recorded is recorded for a part of the place.",
        "region": " What is recorded is recorded for a larger region only.",
    }.get(row["covered_at"] or "", "")
    match row["coverage"]:
        case "complete":
            return "A dataset covers this place and domain completely." + where
        case "partial":
            return "Datasets cover this place and domain in part, so that nobody is recorded says little." + where
    return "No dataset covers this place and domain: perhaps nobody has looked." + where


def _corridors(request: Request, world: World, sent: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    found: Corridors = corridors(world, request, sent)
    order = {id_: number for number, id_ in enumerate(found.places)}
    drawn: Picture = picture(
        base_map(request.app.state), sorted(places(world, order), key=lambda place: order[place.id])
    )
    found.draw(drawn)
    return {"corridor": found, "picture": drawn}


def _first(request: Request, answer: Answer) -> int:
    """The rank of the first row: those of the pages before come before it."""
    told = request.query_params.get("first", "1")
    return int(told) if answer.rows and single(request, "cursor") and told.isdecimal() and len(told) < 9 else 1


def _links(request: Request, bar: FilterBar, answer: Answer | None) -> dict[str, str]:
    """Where else the same is found: the other view, the next page, and files with everything that is asked for."""
    kept = [(n, v) for n, v in request.query_params.multi_items() if v and n not in ("view", "row", "cursor", "first")]
    ranked = urlencode(kept)
    links = {
        "ranked": f"/gaps?{ranked}" if kept else "/gaps",
        "corridors": "/gaps?" + urlencode([*kept, ("view", "routes")]),
    }
    if answer is None:
        return links
    known = answer.question.parameters
    asked = [(name, value) for name, values in bar.sent.items() if name in known for value in values]
    for form in ("csv", "xlsx", "json"):
        query = urlencode([*asked, ("limit", MAX_LIMIT), ("format", form)])
        links[form] = f"/api/questions/{answer.question.name}?{query}"
    if answer.next:
        first = _first(request, answer) + len(answer.rows)
        links["next"] = f"/gaps?{request.url.include_query_params(cursor=answer.next, first=first).query}"
    return links
