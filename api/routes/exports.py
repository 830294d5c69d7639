"""`/api/exports`: the formats that everything, or a filtered part, goes out in, and a file in each of them."""

import json
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from api.export import export_to
from api.negotiation import JSON
from api.problems import responses
from api.routes.questions import asked_in
from api.schemas import parameter_schema
from api.scratch import scratch
from api.visibility import ReaderLibrary, ReaderWorld
from graph.errors import NotFound
from graph.writers.bounds import Bounds
from graph.writers.export import EXPORTS, FILTERS, Export

AT_ONCE = 2
"""Exports that are written at once; others wait for their turn."""

BYTES = {"type": "string", "format": "binary"}

router = APIRouter(prefix="/api/exports", tags=["Exports"])

CATALOGUE_EXAMPLE = {
    "exports": [{"name": "hxl", "title": "HXL CSV: a 5W", "media_type": "text/csv", "cannot": "Ties, flows, figures …"}]
}


def turns() -> CapacityLimiter:
    """What an application keeps so that exports take turns; made where its event loop runs."""
    return CapacityLimiter(AT_ONCE)


@router.get(
    "",
    summary="Every format that can be exported",
    responses={200: {"content": {JSON: {"example": CATALOGUE_EXAMPLE}}}},
)
def exports() -> dict[str, Any]:
    """The formats: what each is, what it has no place for, and the filters, which are the same in all of them."""
    return {
        "exports": [
            {
                "name": export.name,
                "title": export.title,
                "media_type": export.media_type,
                "suffix": export.suffix,
                "cannot": export.cannot,
                "url": f"/api/exports/{export.name}",
            }
            for export in EXPORTS.values()
        ],
        "parameters": {name: parameter.model_dump(exclude_none=True) for name, parameter in FILTERS.items()},
    }


class Once(FileResponse):
    """A file that is removed, with the folder that it alone lies in, once it was sent or could not be."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(Path(self.path).parent, ignore_errors=True)


def _endpoint(export: Export) -> Callable[..., Awaitable[Response]]:
    async def write(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
        settings, limiter = request.app.state.settings, request.app.state.exporting
        bounds = Bounds(settings.export_bytes, settings.export_seconds)
        folder = await to_thread.run_sync(scratch, library)
        file = folder / f"concert{export.suffix}"
        work = partial(export_to, file, library, world, export.name, asked_in(request, ()), bounds=bounds)
        try:
            told = await to_thread.run_sync(work, limiter=limiter)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        headers = {
            "Concert-Written": json.dumps(dict(told.written)),
            "Concert-Unsaid": json.dumps(dict(told.unsaid)),
        }
        return Once(file, media_type=export.media_type, filename=file.name, headers=headers)

    return write


PART = """
A part is of whole programmes: one that a filter leaves goes out with all its places and all who take part in it. The
header `Concert-Written` tells how many of each kind were written, `Concert-Unsaid` how often the format had no place
for something.
"""


def _describe(export: Export) -> str:
    example = f"For example `/api/exports/{export.name}?place=TJ`."
    return "\n\n".join([f"{export.title}.", PART.strip(), f"**Left out.** {export.cannot}", example])


for _export in EXPORTS.values():
    router.add_api_route(
        f"/{_export.name}",
        _endpoint(_export),
        methods=["GET"],
        operation_id=f"export_{_export.name}",
        summary=_export.title,
        description=_describe(_export),
        response_class=FileResponse,
        responses={
            200: {
                "description": "The file",
                "content": {_export.media_type: {"schema": {} if "json" in _export.media_type else BYTES}},
            },
            **responses(400, 413, 504),
        },
        openapi_extra={"parameters": [parameter_schema(name, p) for name, p in FILTERS.items()]},
    )


@router.get("/{name}", include_in_schema=False)
def unknown(name: str) -> None:
    """Any other name is answered with the list of those that exist."""
    raise NotFound(f"there is no format {name[:100]!r}", given=name[:100], expected="one of " + ", ".join(EXPORTS))
