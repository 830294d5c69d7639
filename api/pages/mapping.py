"""The base map of this installation, and its file for browsers that draw it more finely."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import NotFound
from viz import built
from viz.maps.atlas import Atlas, atlas

FILE = "countries-50m.json"
router = APIRouter(include_in_schema=False)


def base_map(state: Any) -> Atlas | None:
    """The base map that the settings name, else the one that was built; None where there is none.

    Raises InvalidData for a file that is no map.
    """
    chosen: Path | None = state.settings.atlas
    if chosen is None:
        try:
            chosen = built.STATIC.parent / built.built(FILE).lstrip("/")
        except LookupError:
            return None
    return atlas(chosen)


@router.get("/maps/atlas.json")
def atlas_file(request: Request) -> Response:
    """The outlines as TopoJSON, with identifiers as ids."""
    found = base_map(request.app.state)
    if found is None:
        raise NotFound(
            "there is no base map", given="atlas.json", expected="the front end built, or a file in CONCERT_ATLAS"
        )
    tag = f'"{found.digest}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=86400"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(found.as_json, media_type="application/json", headers=headers)
