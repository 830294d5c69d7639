"""`/id/...` as a page: the dossier of a thing."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.pages.comparing import compare_address
from api.pages.explorer import WALKED
from api.pages.rendering import render
from api.visibility import library_of
from graph.at_once import at_once
from graph.questions.catalogue import catalogue
from graph.questions.parameters import COMMON
from graph.tables.world import World
from graph.things.dossier import dossier
from graph.things.section import Section
from graph.things.touching import touching, years
from viz.ranges import figures
from viz.timeline import timeline

CLAIMS = 300
"""Claims that name a thing which its page lists at the most; as JSON it has more of them."""
PAGES = {
    "gaps": "/gaps?",
    "flows": "/flows?",
    "overlaps": "/overlaps?",
    "possible-duplication": "/overlaps?view=duplication&",
}
"""Question -> the page that is made for it; the others are on a page of their name."""
LISTED = 25
"""Claims of one kind that are shown."""
CITED = 4
"""Places in one document that a printed row names; the page on the screen names all."""
DOCUMENTS = 6
"""Documents that a printed row names; a row on a crowded place may rest on hundreds."""
TIMED = {"starts", "ends", "from_date", "to_date"}
"""Columns that a timeline shows instead of the table."""


def thing_page(request: Request, world: World, id_: str) -> Response:
    """The dossier of a thing. Raises NotFound when no dataset that the reader may see states anything of it."""
    thing, touched = at_once(lambda: dossier(world, id_, CLAIMS), lambda: touching(world, id_.partition("/")[0], id_))
    kind = thing["kind"]
    asks = [
        (other.header.title, f"/questions/{other.name}?{kind}={quote(thing['id'])}")
        for other in catalogue().values()
        if kind in COMMON and kind in other.parameters
    ]
    if kind in WALKED:
        asks += [("Its surroundings", f"/explorer/surroundings?depth=1&thing={quote(thing['id'])}")]
    name = thing["id"].partition("/")[2]
    manifests = library_of(request).datasets()
    cited: dict[str, int] = {}
    rests = _cites(thing["sources"], cited)
    sections = [_shown(world, kind, thing["id"], each, cited) for each in touched]
    return render(
        "thing.html",
        world,
        request=request,
        thing=thing | {"mentions": [_cut(group) for group in thing["mentions"]]},
        asks=asks,
        name=name,
        held=manifests.get(name) if kind == "dataset" else None,
        sections=sections,
        rests=rests,
        cited=list(cited),
        dated=_dated(world),
        address=str(request.url.replace(query="", fragment="")),
    )


def _shown(world: World, kind: str, id_: str, section: Section, cited: dict[str, int]) -> dict[str, Any]:
    """A section with where all of it is found, what each row leads to, and the numbers of the documents it cites."""
    line, more = None, len(section.rows) < section.total
    told = {name for row in section.rows for name, value in row.items() if value not in (None, [])}
    columns = {name: column for name, column in section.columns.items() if name in told}
    if section.name == "presences":
        counts = years(world, kind, id_) if more and kind in ("actor", "place") else {}
        line = timeline(section.rows, counts)
        columns = {each: column for each, column in columns.items() if each not in TIMED}
    return {
        "told": section,
        "columns": columns,
        "line": line,
        "more": more,
        "all": _all(section, id_),
        "links": [_link(section, row) for row in section.rows],
        "near": _near(section),
        "figures": figures(section.rows) if section.name == "contested" else [],
        "cites": [_cites(row["sources"], cited) for row in section.rows],
    }


def _cut(group: Mapping[str, Any]) -> dict[str, Any]:
    return {**group, "rows": group["rows"][:LISTED], "count": len(group["rows"])}


def _all(section: Section, id_: str) -> tuple[str, str] | None:
    """Where all of a section is found: what it is called there, and the address."""
    more = len(section.rows) < section.total
    if section.name == "ties":
        return "In the network", f"/explorer/surroundings?depth=1&thing={quote(id_)}"
    if not section.question:
        return ("Every claim", "#mentions") if more and section.name != "stated" else None
    given = urlencode([(name, value) for name, values in section.given.items() for value in values])
    named = ("All of them" if more else "With every column") if section.exact else "The whole question"
    return named, PAGES.get(section.question, f"/questions/{section.question}?") + given


def _link(section: Section, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Where a row leads besides its things: what it says there, and the address."""
    match section.name:
        case "pairs" | "twice":
            return "Side by side", compare_address(row["programme"]["id"], row["other"]["id"])
        case "gaps":
            place = row.get("place") or {"id": section.given["place"][0]}
            asked = {"place": place["id"], "domain": row["domain"]["id"], "response": row["response"]["id"]}
            return "Nearest to fill it", f"/questions/best-placed?{urlencode(asked)}"
    return None


def _near(section: Section) -> dict[str, list[Mapping[str, Any]]]:
    """Of gaps: domain -> who is at work in these places on it with another response, each once."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in section.rows if section.name == "gaps" else ():
        found.setdefault(row["domain"]["label"], {}).update({each["id"]: each for each in row.get("near_actors", ())})
    return {domain: list(actors.values()) for domain, actors in found.items() if actors}


def _cites(sources: Sequence[Mapping[str, Any]], cited: dict[str, int]) -> str:
    """The evidence of a row as it is printed: numbers of its first documents, each with the places in it."""
    places: dict[str, list[str]] = {}
    for source in sources:
        found = places.setdefault(source["document"] or source["source"] or f"dataset {source['dataset']}", [])
        found += [f"[{locator}]" for locator in source["locators"] if f"[{locator}]" not in found]
    told = [
        f"{cited.setdefault(name, len(cited) + 1)} {', '.join(found[:CITED])}{'…' if len(found) > CITED else ''}"
        for name, found in list(places.items())[:DOCUMENTS]
    ]
    more = len(places) - len(told)
    return "; ".join([*told, *([f"and {more} more"] if more else [])])


def _dated(world: World) -> list[Mapping[str, Any]]:
    """The datasets that the page rests on, each with the day of its issue and its version."""
    issued = world.rows(
        "select dataset, any_value(title) as title, min(issued) as issued from dataset_description group by dataset"
    )
    told = {row["dataset"]: row for row in issued}
    return [
        {"name": name, "version": version, "title": None, "issued": None, **told.get(name, {})}
        for name, version in world.datasets.items()
    ]
