"""Things: `/api/<kinds>/{id}`, `/id/<kind>/<slug>` by content negotiation, and search."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.negotiation import HTML, JSON, JSON_LD, TURTLE, choose
from api.pages.kept import Pages
from api.pages.things import thing_page
from api.problems import responses
from api.schemas import format_schema
from api.visibility import ReaderWorld
from graph.readers.layout import sheets
from graph.things.dossier import as_rdf, dossier
from graph.things.search import search

KINDS = {"datasets": "dataset"} | {name: sheet.kind for name, sheet in sheets().items()}
EXAMPLES = {
    "dataset": "reference",
    "source": "osce-ef-del-3-03",
    "place": "tj",
    "actor": "unodc",
    "programme": "aga-khan-gorno-badakhshan",
    "participation": "aba-womens-groups",
    "tie": "aba-with-local-ngos",
    "mandate": "international-ngos-main-player-persons",
    "flow": "arms-for-drugs-afghanistan",
    "leg": "arms-for-drugs-afghanistan-destination",
    "observation": "central-asia-drug-income",
    "influence": "all-corruption",
    "obstacle": "agencies-avoid-topic",
    "recommendation": "address-drug-demand",
    "assessment": "almaty-seminars-mixed",
    "statement": "akf-development-approach",
    "instrument": "anti-corruption-legislation",
    "commitment": "state-ad--psychotropics-1971--accession",
}
"""One of each kind in the shipped datasets."""
THING_SCHEMA = {
    "type": "object",
    "required": ["id", "iri", "kind", "label", "datasets", "names", "identifiers", "facts", "mentions", "sources"],
}
LONGEST = 300
OFFERED = {"html": HTML, "ttl": TURTLE, "jsonld": JSON_LD, "json": JSON}
router = APIRouter(tags=["Things"])


def _dossier(plural: str, kind: str) -> Any:
    slug_ = Path(description="the part of the id after the slash", max_length=LONGEST, examples=[EXAMPLES[kind]])

    def read(slug: Annotated[str, slug_], request: Request, world: ReaderWorld) -> Response:
        kept = world.merged.get(f"{kind}/{slug}")
        if kept:
            return RedirectResponse(request.url.replace(path=f"/api/{plural}/{kept.partition('/')[2]}"), 308)
        return JSONResponse(dossier(world, f"{kind}/{slug}"))

    return read


MOVED: dict[int | str, dict[str, Any]] = {308: {"description": "It was found to be one with another thing: see that"}}

for _plural, _kind in KINDS.items():
    router.add_api_route(
        f"/api/{_plural}/{{slug}}",
        _dossier(_plural, _kind),
        methods=["GET"],
        operation_id=f"read_{_kind}",
        summary=f"One {_kind}",
        description=f"Names, identifiers, what is stated of the {_kind}, and every claim that names it, with sources."
        f" For example `/api/{_plural}/{EXAMPLES[_kind]}`.",
        responses={
            200: {"content": {JSON: {"schema": THING_SCHEMA}}},
            **(MOVED if _kind == "actor" else {}),
            **responses(400, 404),
        },
    )


@router.get("/api/search", summary="Find anything by any of its names", responses=responses(400))
def find(
    world: ReaderWorld,
    q: Annotated[str, Query(description="a label, acronym, alias or identifier", examples=["UNODC"])] = "",
    kind: Annotated[str | None, Query(description="only this kind: actor, place, programme …")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="how many at the most")] = 20,
) -> dict[str, Any]:
    """Things whose label, acronym, alias or identifier fits, in any language that a source gives, best first.

    For example `/api/search?q=UNODC`.
    """
    return search(world, q, kind or None, limit)


@router.get(
    "/id/{kind}/{slug:path}",
    summary="A thing's own address",
    responses={
        200: {
            "description": "The thing",
            "content": {
                HTML: {"schema": {"type": "string"}},
                TURTLE: {"schema": {"type": "string"}},
                JSON_LD: {"schema": {"type": "object"}},
                JSON: {"schema": {"type": "object"}},
            },
        },
        303: {"description": "The graph of a dataset's version: see the dataset"},
        **MOVED,
        **responses(400, 404, 406),
    },
    openapi_extra={"parameters": [format_schema(OFFERED)]},
)
def named(
    kind: Annotated[str, Path(description="actor, place, programme …", max_length=50, examples=["actor"])],
    slug: Annotated[str, Path(description="the rest of the id", max_length=LONGEST, examples=["unodc"])],
    request: Request,
    world: ReaderWorld,
) -> Response:
    """The dossier as a page, or the thing as Turtle or JSON-LD, as the Accept header asks.

    This is where `https://w3id.org/concert/id/...` leads. The graph of a dataset's version leads on to the
    dataset. For example `/id/actor/unodc`.
    """
    id_ = f"{kind}/{slug}"
    media = choose(request, OFFERED)
    if id_ in world.merged:
        return RedirectResponse(request.url.replace(path=f"/id/{world.merged[id_]}"), 308)
    name, _, version = slug.partition("/")
    if kind == "dataset" and version and world.datasets.get(name) == version:
        return RedirectResponse(request.url.replace(path=f"/id/dataset/{name}"), 303)
    if media == HTML:
        if kind == "dataset":  # what was refused of it when it was loaded last is no part of the world
            return thing_page(request, world, id_)
        pages: Pages = request.app.state.pages
        return pages.of(str(request.url), world, request, lambda: thing_page(request, world, id_))
    if media == JSON:
        return JSONResponse(dossier(world, id_), headers={"Vary": "Accept"})
    reply = as_rdf(world, id_, (media,))
    return Response(reply.body, media_type=reply.media_type, headers={"Vary": "Accept"})
