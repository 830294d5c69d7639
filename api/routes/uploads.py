"""`POST /api/datasets`, `/api/loads/{id}`, `DELETE /api/datasets/{slug}`, and the log of what a load refused."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.loads import Load, Loads
from api.negotiation import CSV, JSON, choose
from api.problems import responses
from api.receiving import FORM, SUFFIXES, receive
from api.rejects import as_csv, as_json, log_of
from api.schemas import format_schema
from api.uploads import Wish, upload_of
from api.visibility import ReaderLibrary, ReaderWorld
from api.writing import Writer
from graph.errors import NotFound
from graph.readers.formats import FORMATS

router = APIRouter(tags=["Loading"])
OFFERED = {"csv": CSV, "json": JSON}
Dataset = Annotated[str, Path(description="the name of a dataset", max_length=100, examples=["paper-2003"])]
LOAD_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "dataset", "file", "by", "state", "step", "share", "taken", "rejected", "error", "url"],
    "properties": {
        "state": {"type": "string", "enum": ["waiting", "running", "done", "refused"]},
        "step": {"type": "string", "description": "what is being done, in words"},
        "share": {"type": ["number", "null"], "description": "how much of the step is done, where that is known"},
        "taken": {"type": "object", "description": "rows or elements that were read, by where they stood"},
        "rejected": {"type": ["integer", "null"], "description": "how many were refused"},
        "notes": {"type": "array", "items": {"type": "string"}},
        "error": {"type": ["object", "null"], "description": "why nothing was loaded, as problem details"},
    },
}
LOAD_EXAMPLE = {
    "id": "5f3c…",
    "dataset": "my-3w",
    "state": "running",
    "step": "validating",
    "share": 0.4,
    "url": "/api/loads/5f3c…",
}
FILE = {"type": "string", "format": "binary"}


def told(load: Load) -> dict[str, Any]:
    """A load as the API tells it, with its address and that of its reject log."""
    found = load.as_dict() | {"url": f"/api/loads/{load.id}"}
    return found | ({"rejected_url": f"/api/datasets/{load.dataset}/rejected"} if load.state == "done" else {})


@router.post(
    "/api/datasets",
    status_code=202,
    summary="Load a file as a dataset",
    responses={
        202: {
            "description": "It was received, and is loaded when its turn comes: see `Location`",
            "content": {JSON: {"schema": LOAD_SCHEMA, "example": LOAD_EXAMPLE}},
        },
        **responses(400, 403, 413, 422, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                FORM: {
                    "schema": {"type": "object", "required": ["file"], "properties": {"file": FILE, "mapping": FILE}},
                    "example": {"file": "#country+code,#org+impl+name,…", "mapping": "rows: …"},
                },
                **{media: {"schema": FILE} for media in SUFFIXES},
            },
        }
    },
)
async def load(
    *,
    request: Request,
    world: ReaderWorld,
    library: ReaderLibrary,
    by: Writer,
    name: Annotated[
        str | None,
        Query(alias="as", description="what to call the dataset; else after the file", examples=["my-3w"]),
    ] = None,
    format: Annotated[
        str | None, Query(description="one of " + ", ".join(f.name for f in FORMATS) + "; else the content tells")
    ] = None,
    reject_share: Annotated[float, Query(ge=0, le=1, description="the share of its rows that may be refused")] = 0.1,
    option: Annotated[list[str] | None, Query(description="name=value for the format", examples=["country=NP"])] = None,
) -> Response:
    """Send one file, as the body or as the part `file` of a form; the part `mapping` says what a table's columns mean.

    It is loaded whole or not at all, as `concert load` does, one after another. A dataset of the same name is
    replaced once the new one is whole; the shipped ones are not. The answer says where to see how far it is. For
    example `curl -F file=@3w.csv 'http://127.0.0.1:8000/api/datasets?as=my-3w'`.
    """
    loads: Loads = request.app.state.loads
    loads.check_room()
    settings = request.app.state.settings
    received = await receive(request, library, settings.upload_bytes, name or "upload")
    wish = Wish(name, format, reject_share, tuple(option or ()), by)
    accepted = loads.submit(await run_in_threadpool(upload_of, received, wish, world, library, settings))
    headers = {"Location": f"/api/loads/{accepted.id}"}
    return JSONResponse(told(accepted), status_code=202, headers=headers)


@router.get(
    "/api/loads/{id}",
    summary="How far a load is",
    responses={200: {"content": {JSON: {"schema": LOAD_SCHEMA, "example": LOAD_EXAMPLE}}}, **responses(400, 404)},
)
def read_load(
    request: Request,
    id: Annotated[str, Path(description="the id that the upload was answered with", max_length=40, examples=["5f3c"])],
) -> dict[str, Any]:
    """Its state, its step and the share of that which is done; at the end what was taken and refused, or why nothing.

    A load is remembered until the server stops. For example `/api/loads/5f3c9a1b2d4e6f70`.
    """
    loads: Loads = request.app.state.loads
    return told(loads.find(id))


@router.delete(
    "/api/datasets/{slug}",
    summary="Take a dataset out",
    responses={
        200: {"content": {JSON: {"example": {"unloaded": "my-3w"}}}},
        **responses(403, 404, 422, 423),
    },
)
def unload(slug: Dataset, world: ReaderWorld, library: ReaderLibrary, by: Writer) -> dict[str, str]:
    """Take it out with all that was made from it, as `concert unload` does. One that others use stays."""
    if slug not in world.datasets:
        raise NotFound(
            f"no dataset {slug!r} is loaded", given=slug, expected="one of " + ", ".join(world.datasets) or "none is"
        )
    library.unload(slug)
    return {"unloaded": slug}


@router.get(
    "/api/datasets/{slug}/rejected",
    summary="The rows that were refused",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The log: file, row, field, value, and what was expected",
            "content": {CSV: {"schema": {"type": "string"}}, JSON: {"schema": {"type": "object"}}},
        },
        **responses(400, 404, 406),
    },
    openapi_extra={"parameters": [format_schema(OFFERED)]},
)
def rejected(slug: Dataset, request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """Every row or element that was refused when the dataset was loaded, in the order of the file.

    For example `/api/datasets/paper-2003/rejected`.
    """
    media = choose(request, OFFERED)
    log = log_of(library, world, slug)
    headers = {"Vary": "Accept"}
    if media == JSON:
        return StreamingResponse(as_json(log, slug, world.datasets[slug]), media_type=JSON, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{slug}-rejected.csv"'
    return StreamingResponse(as_csv(log), media_type=CSV, headers=headers)
