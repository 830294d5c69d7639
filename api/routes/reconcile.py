"""`/reconcile`: the W3C Reconciliation Service API 0.2, by which OpenRefine matches a sheet to what we know.

The protocol is that of https://reconciliation-api.github.io/specs/0.2/. It asks that every endpoint can be read
from other origins (CORS). It also allows JSONP, which we refuse: there another site runs our answer as a script, and
CORS serves every client of today.
"""

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.negotiation import HTML, JSON, single
from api.problems import responses
from api.routes.crossorigin import CrossOrigin, without_callback
from api.routes.manifest import manifest, told_type
from api.routes.preview import preview_page
from api.visibility import ReaderWorld
from graph.errors import InvalidParameter, TooLarge
from graph.tables.world import World
from graph.things.asked import LONGEST, read_extension, read_queries
from graph.things.properties import properties_of, property_of, told, values
from graph.things.reconcile import Candidate, reconcile
from graph.things.spellings import Shelf
from graph.things.suggest import suggest_properties, suggest_things, suggest_types
from graph.things.types import ROOTS, type_of, types

BODY = 1_000_000
"""Bytes of a form."""


def shelf_of(request: Request) -> Shelf:
    """The spellings that the application keeps."""
    shelf: Shelf = request.app.state.spellings
    return shelf


Kept = Annotated[Shelf, Depends(shelf_of)]
Prefix = Annotated[str, Query(max_length=LONGEST, description="what was typed so far", examples=["ta"])]
Cursor = Annotated[int, Query(ge=0, le=10_000, description="how many suggestions to skip")]
OfType = Annotated[str | None, Query(max_length=100, description="only of this type", examples=["Country"])]
router = APIRouter(
    prefix="/reconcile", tags=["Reconciliation"], route_class=CrossOrigin, dependencies=[Depends(without_callback)]
)

EXAMPLE = '{"q0": {"query": "IOM", "type": "Actor"}, "q1": {"query": "Tajikistan", "type": "Country"}}'
EXTEND_EXAMPLE = '{"ids": ["actor/iom"], "properties": [{"id": "seat"}, {"id": "iati-organisation"}]}'
ANSWERS = {
    200: {
        "description": "The manifest; or for each query its candidates, best first; or the properties of each thing",
        "content": {JSON: {"schema": {"type": "object"}}},
    },
    **responses(400, 413),
}


def _listing(description: str, list_: str = "result") -> dict[int | str, dict[str, Any]]:
    item = {"type": "object", "required": ["id", "name"]}
    schema = {"type": "object", "required": [list_], "properties": {list_: {"type": "array", "items": item}}}
    return {200: {"description": description, "content": {JSON: {"schema": schema}}}, **responses(400)}


@router.get("", summary="The reconciliation service: what it offers, and what it finds", responses=ANSWERS)
def get_service(
    request: Request,
    world: ReaderWorld,
    shelf: Kept,
    queries: Annotated[str | None, Query(description="a batch of queries, as JSON", examples=[EXAMPLE])] = None,
    extend: Annotated[str | None, Query(description="ids and properties to fetch of them, as JSON")] = None,
) -> Response:
    """Without parameters the manifest. Give its address to OpenRefine as that of a standard service.

    For example `/reconcile?queries={"q0": {"query": "IOM"}}`.
    """
    known = ("queries", "extend", "_")  # the last is what jQuery adds against caches
    unknown = next((name for name in request.query_params if name not in known), None)
    if unknown:
        raise InvalidParameter(
            f"there is no parameter {unknown[:100]!r} here",
            parameter=unknown[:100],
            given=request.query_params[unknown][:100],
            expected="queries or extend; one query is a batch of one",
        )
    single(request, "queries")
    single(request, "extend")
    if queries is None and extend is None:
        return JSONResponse(manifest(str(request.base_url).rstrip("/")))
    return JSONResponse(_answer(world, shelf, queries, extend))


@router.post(
    "",
    summary="Match names, or fetch properties",
    responses=ANSWERS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                    },
                    "examples": {
                        "queries": {"value": {"queries": EXAMPLE}},
                        "extend": {"value": {"extend": EXTEND_EXAMPLE}},
                    },
                    "example": {"queries": EXAMPLE},
                }
            },
        }
    },
)
async def post_service(request: Request, world: ReaderWorld, shelf: Kept) -> Response:
    """Answer the batch in the form field `queries`, or fetch what the field `extend` names."""
    fields = await _form(request)
    queries, extend = fields.get("queries"), fields.get("extend")
    return JSONResponse(await run_in_threadpool(_answer, world, shelf, queries, extend))


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, each given once. Raises InvalidParameter and TooLarge."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != "application/x-www-form-urlencoded":
        raise InvalidParameter(
            f"a batch cannot come as {declared[:100] or 'nothing'}",
            parameter="Content-Type",
            given=declared[:100],
            expected="application/x-www-form-urlencoded",
        )
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY:
            raise TooLarge("the form is too long", expected=f"at most {BODY:,} bytes")
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        raise InvalidParameter(
            "the form cannot be read", parameter="queries", expected="a form, percent-encoded in UTF-8"
        ) from None
    for name, given in fields.items():
        if len(given) > 1:
            raise InvalidParameter(f"{name[:100]} was given {len(given)} times", parameter=name[:100], expected="once")
    return {name: given[0] for name, given in fields.items()}


def _answer(world: World, shelf: Shelf, queries: str | None, extend: str | None) -> dict[str, Any]:
    if (queries is None) == (extend is None):
        raise InvalidParameter(
            "queries and extend were both given" if queries else "there is neither queries nor extend",
            parameter="queries",
            expected="one of queries and extend",
        )
    if queries is not None:
        found = reconcile(world, shelf, read_queries(queries))
        return {name: {"result": [_candidate(one) for one in candidates]} for name, candidates in found.items()}
    return _extension(world, extend or "")


def _candidate(candidate: Candidate) -> dict[str, Any]:
    assert candidate.introduction is not None
    return {
        "id": candidate.id,
        "name": candidate.introduction.name,
        "description": candidate.introduction.line,
        "type": [told_type(type_) for type_ in candidate.types],
        "score": candidate.score,
        "features": [{"id": name, "value": value} for name, value in candidate.features().items()],
        "match": candidate.match,
    }


def _extension(world: World, text: str) -> dict[str, Any]:
    """What the data extension answers: the properties, and for each id their values."""
    extension = read_extension(text)
    wanted = {wish.id: (property_of(wish.id), wish.most()) for wish in extension.properties}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {id_: {} for id_ in extension.ids}
    for name, (property_, most) in wanted.items():
        for id_, found in values(world, property_, extension.ids).items():
            rows[id_][name] = [told(value) for value in found[:most]]
    meta = []
    for name, (property_, _) in wanted.items():
        of = next((type_ for type_ in types().values() if ROOTS.get(type_.id) == property_.gives), None)
        meta.append({"id": name, "name": property_.title} | ({"type": told_type(of)} if of else {}))
    return {"meta": meta, "rows": rows}


@router.get("/suggest/entity", summary="Suggest things by the start of a name", responses=_listing("Things, by name"))
def suggest_entity(
    world: ReaderWorld, shelf: Kept, prefix: Prefix = "", cursor: Cursor = 0, type: OfType = None
) -> dict[str, Any]:
    """Actors, places and programmes of which a name or identifier begins so, then those of which a later word does.

    For example `/reconcile/suggest/entity?prefix=ta`.
    """
    return {
        "result": [
            {
                "id": one.id,
                "name": one.name,
                "description": one.line,
                "notable": [told_type(type_) for type_ in one.types],
            }
            for one in suggest_things(world, shelf, prefix, cursor, type)
        ]
    }


@router.get("/suggest/type", summary="Suggest types", responses=_listing("Types, the widest first"))
def suggest_type(prefix: Prefix = "", cursor: Cursor = 0) -> dict[str, Any]:
    """Types by the start of a word of their name, each with the next wider ones.

    For example `/reconcile/suggest/type?prefix=org`.
    """
    known = types()
    return {
        "result": [
            {**told_type(one), "description": one.description, "broader": [told_type(known[up]) for up in one.broader]}
            for one in suggest_types(prefix, cursor)
        ]
    }


@router.get("/suggest/property", summary="Suggest properties", responses=_listing("Properties, by id"))
def suggest_property(prefix: Prefix = "", cursor: Cursor = 0, type: OfType = None) -> dict[str, Any]:
    """Properties by the start of a word of their title. For example `/reconcile/suggest/property?prefix=iso`."""
    return {
        "result": [
            {"id": one.id, "name": one.title, "description": one.about}
            for one in suggest_properties(prefix, cursor, type)
        ]
    }


@router.get(
    "/properties", summary="Propose properties to fetch", responses=_listing("The properties of a type", "properties")
)
def propose(
    type: OfType = None,
    limit: Annotated[int | None, Query(ge=0, le=1000, description="how many at the most; 0 for all")] = None,
) -> dict[str, Any]:
    """What can be fetched of things of a type. For example `/reconcile/properties?type=Country`."""
    found = properties_of(type_of(type).kind if type else None)
    proposal: dict[str, Any] = {
        "properties": [{"id": one.id, "name": one.title, "description": one.about} for one in found[: limit or None]]
    }
    return proposal | ({"type": type} if type else {}) | ({"limit": limit} if limit else {})


@router.get(
    "/preview",
    summary="A thing in a small frame",
    response_class=HTMLResponse,
    responses={
        200: {"description": "The thing", "content": {HTML: {"schema": {"type": "string"}}}},
        404: {"description": "There is no such thing", "content": {HTML: {"schema": {"type": "string"}}}},
        **responses(400),
    },
)
def preview(
    world: ReaderWorld,
    id: Annotated[
        str, Query(max_length=LONGEST, description="the short id of a thing or code", examples=["actor/iom"])
    ],
) -> Response:
    """A page of a few lines for the frame that the manifest tells. For example `/reconcile/preview?id=place/tj`."""
    return preview_page(world, id)


async def _preflight() -> Response:
    """What a client that is no browser gets; CORSMiddleware answers the browsers."""
    return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})


for _path in ("", "/suggest/entity", "/suggest/type", "/suggest/property", "/properties", "/preview"):
    router.add_api_route(_path, _preflight, methods=["OPTIONS"], include_in_schema=False)
