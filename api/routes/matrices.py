"""`/api/matrix`: who works where as the page shows it, for programs, spreadsheets and reports."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.negotiation import CSV, JSON, XLSX, choose
from api.problems import responses
from api.routes.questions import asked_in
from api.schemas import format_schema, parameter_schema
from api.visibility import ReaderWorld
from viz.matrices.files import as_dict, to_csv, to_hxl, to_xlsx
from viz.matrices.matrix import matrix, parameters
from viz.matrices.stamp import stamp
from viz.matrices.svg import to_svg

SVG = "image/svg+xml"
HXL = "text/vnd.hxl+csv"
OFFERED = {"json": JSON, "csv": CSV, "xlsx": XLSX, "hxl": HXL, "svg": SVG}
FILES = {
    CSV: (to_csv, "who-works-where.csv"),
    XLSX: (to_xlsx, "who-works-where.xlsx"),
    HXL: (to_hxl, "who-works-where.hxl.csv"),
    SVG: (to_svg, "who-works-where.svg"),
}
DRAWN = {
    "type": "object",
    "required": ["title", "down", "across", "rows", "columns", "cells", "programmes", "filters", "caveat"],
}
router = APIRouter(prefix="/api/matrix", tags=["Matrix"])


def _parameters() -> list[dict[str, Any]]:
    example = {"rows": "place", "columns": "domain"}
    return [parameter_schema(name, parameter, example.get(name)) for name, parameter in parameters().items()]


@router.get(
    "",
    summary="Who works where, as a matrix",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "Sides, margins and cells; a cell without programmes says why it is empty",
            "content": {
                JSON: {"schema": DRAWN},
                XLSX: {"schema": {"type": "string", "format": "binary"}},
                **{media: {"schema": {"type": "string"}} for media in (CSV, HXL, SVG)},
            },
        },
        **responses(400, 406),
    },
    openapi_extra={"parameters": [*_parameters(), format_schema(OFFERED)]},
)
def drawn(request: Request, world: ReaderWorld) -> Response:
    """The matrix of any two dimensions as the page shows it, with its order, its groups and its margins.

    Each form says which filters were set, which datasets it rests on, and how far to trust it. For example
    `/api/matrix?rows=place&columns=domain`.
    """
    media = choose(request, OFFERED)
    given = asked_in(request, ("format",))
    found = matrix(world, given)
    told = stamp(world, found, given)
    headers = {"Vary": "Accept"}
    if media == JSON:
        return JSONResponse(as_dict(found, told), headers=headers)
    write, name = FILES[media]
    headers["Content-Disposition"] = f'{"inline" if media == SVG else "attachment"}; filename="{name}"'
    return Response(write(found, told), media_type=media, headers=headers)
