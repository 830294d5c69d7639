"""`/api/drawings`: networks as pictures with positions, what is beside a thing, and what a link rests on."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.negotiation import CSV, GEXF, GRAPHML, HTML, JSON, choose
from api.pictures import filters, shown
from api.problems import responses
from api.routes.questions import asked_in
from api.schemas import format_schema, parameter_schema
from api.visibility import ReaderWorld
from graph.errors import InvalidParameter
from graph.network.catalogue import Kind, kind, kinds
from graph.questions.parameters import Parameter, find
from graph.writers.network import to_gexf, to_graphml, to_json
from viz.drawings import form
from viz.drawings.evidence import evidence
from viz.drawings.files import as_graph, spots, to_csv
from viz.drawings.filtering import filtered
from viz.drawings.neighbours import neighbours
from viz.drawings.picture import Picture
from viz.drawings.svg import to_svg
from viz.drawings.view import MOST_EDGES, PARAMETERS, periods
from viz.standalone import page

SVG = "image/svg+xml"
NODE_LINK = "application/vnd.concert.node-link+json"
OFFERED = {"json": JSON, "svg": SVG, "csv": CSV, "graphml": GRAPHML, "gexf": GEXF, "html": HTML, "node-link": NODE_LINK}
SUFFIX = {CSV: "csv", GRAPHML: "graphml", GEXF: "gexf", HTML: "html", NODE_LINK: "json"}
APART = ("format", "theme", "part", "download")
OWN = {
    "theme": Parameter(title="Theme", type="choice", of=("light", "dark"), default="light", about="colours of the SVG"),
    "part": Parameter(
        title="Part",
        type="choice",
        of=("whole", "added"),
        default="whole",
        about="the whole picture, or only the nodes and links that the view adds",
    ),
}
EXAMPLES = {"open": "actor/iom~implementing~10", "pin": "actor/iom~120~80", "without": "part-of", "hide": "state"}
EXAMPLES |= {"connect": "place", "suggest": "yes", "since": "1999", "until": "2003", "edges": "1000"}
DRAWING = {
    "type": "object",
    "required": [
        "about",
        "total",
        "shown",
        "looks",
        "strokes",
        "communities",
        "nodes",
        "values",
        "edges",
        "suggestions",
    ],
}
router = APIRouter(prefix="/api/drawings", tags=["Drawings"])


FILTERS = {
    "parameters": [parameter_schema(name, parameter) for name, parameter in periods().items()],
}
Thing = Annotated[str, Query(description="an id or a name", examples=["actor/iom"], max_length=500)]


@router.get(
    "/neighbours",
    summary="What is linked to a thing, counted by kind",
    responses=responses(400),
    openapi_extra=FILTERS,
)
def beside(request: Request, world: ReaderWorld, thing: Thing) -> dict[str, Any]:
    """How many things each kind of link leads to, before any of them is drawn, and the first ten of each.

    For example `/api/drawings/neighbours?thing=actor/iom`.
    """
    values = filters(world, asked_in(request, ("thing",)))
    return neighbours(world, find(world, "thing", thing, "thing"), values)


@router.get(
    "/evidence",
    summary="What the links between two things rest on",
    responses=responses(400),
    openapi_extra=FILTERS,
)
def rests_on(
    request: Request,
    world: ReaderWorld,
    one: Thing,
    other: Annotated[str, Query(description="an id or a name", examples=["place/central-asia"], max_length=500)],
) -> dict[str, Any]:
    """Every link between the two, with its period and the claims behind it: document, locator, date, confidence.

    For example `/api/drawings/evidence?one=actor/iom&other=place/central-asia`.
    """
    values = filters(world, asked_in(request, ("one", "other")))
    ends = find(world, "thing", one, "one"), find(world, "thing", other, "other")
    return evidence(world, *ends, values)


def _endpoint(name: str) -> Callable[..., Response]:
    def draw(request: Request, world: ReaderWorld) -> Response:
        media = choose(request, OFFERED)
        given = asked_in(request, APART)
        theme, part = _own(request, "theme"), _own(request, "part")
        base, whole, view = shown(request, world, name, given)
        headers = {"Vary": "Accept, Accept-Encoding"}
        if media == JSON:
            return _written(request, whole, len(base.nodes) if part == "added" else 0, headers)
        if media == SVG:
            headers["Content-Disposition"] = f'inline; filename="{name}.svg"'
            body = to_svg(whole, view, theme="dark" if theme == "dark" else "light")
            return Response(body, media_type=SVG, headers=headers)
        graph = as_graph(world, filtered(whole, view), view.said)
        headers["Content-Disposition"] = f'attachment; filename="{name}.{SUFFIX[media]}"'
        match media:
            case "text/csv":
                body = to_csv(graph)
            case "text/html":
                headers["Content-Security-Policy"] = ""
                body = page(graph, request.app.state.drawn).encode("utf-8", "replace")
            case _:
                write = {GRAPHML: to_graphml, GEXF: to_gexf}.get(media, to_json)
                body = write(graph, spots(filtered(whole, view)))
        return Response(body, media_type=JSON if media == NODE_LINK else media, headers=headers)

    return draw


def _own(request: Request, name: str) -> str:
    values = request.query_params.getlist(name) or [str(OWN[name].default)]
    if len(values) > 1 or values[0] not in OWN[name].of:
        told = ", ".join(values)[:80]
        raise InvalidParameter(
            f"{name} cannot be {told!r}", parameter=name, given=told, expected="one of " + ", ".join(OWN[name].of)
        )
    return values[0]


def _written(request: Request, whole: Picture, since: int, headers: dict[str, str]) -> Response:
    """The picture as JSON, compressed for who can read that."""
    compressed = "gzip" in request.headers.get("accept-encoding", "")
    body = form.written(whole, since=since, compressed=compressed)
    more = {"Content-Encoding": "gzip"} if compressed else {}
    return Response(body, media_type=JSON, headers=headers | more)


def _described(drawn: Kind) -> str:
    example = "&".join(f"{name}={value}" for name, value in drawn.header.example.items())
    return "\n\n".join(
        [
            drawn.header.asks,
            f"Where every node stands, and at most {MOST_EDGES:,} of the links: `total` and `shown` say how many.",
            f"For example `/api/drawings/{drawn.name}{'?' if example else ''}{example}`.",
        ]
    )


def _parameters(drawn: Kind) -> list[dict[str, Any]]:
    own = {name: p for name, p in drawn.parameters.items() if name not in PARAMETERS}
    example = drawn.header.example | EXAMPLES
    told = [
        parameter_schema(name, p, example.get(name)) | {"required": name in drawn.header.needs}
        for name, p in (own | PARAMETERS | OWN).items()
    ]
    return [*told, format_schema(OFFERED)]


for _kind in kinds().values():
    router.add_api_route(
        f"/{_kind.name}",
        _endpoint(_kind.name),
        methods=["GET"],
        operation_id=f"drawing_{_kind.name}",
        summary=f"{_kind.header.title} as a picture",
        description=_described(_kind),
        response_class=JSONResponse,
        responses={
            200: {
                "description": "The picture: columns of nodes and links, what was asked, the totals and the caveat",
                "content": {JSON: {"schema": DRAWING}}
                | {media: {"schema": {"type": "string"}} for media in (SVG, CSV, GRAPHML, GEXF, HTML)},
            },
            **responses(400, 404, 406, 413),
        },
        openapi_extra={"parameters": _parameters(_kind)},
    )


@router.get("/{name}", include_in_schema=False)
def unknown(name: str) -> None:
    """Any other name is answered with the list of those that exist."""
    kind(name)
