"""Files beside the pages, with how long a browser may keep them."""

import mimetypes
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import viz

FOR_GOOD = "public, max-age=31536000, immutable"
mimetypes.add_type("application/speculationrules+json", ".speculationrules")


class Static(StaticFiles):
    """`viz/static`. What is asked for with its hash never changes and is kept for good; the rest is asked for again."""

    def __init__(self) -> None:
        super().__init__(directory=Path(viz.__file__).parent / "static")

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = path.startswith("built/") or scope["query_string"].startswith(b"v=")
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = FOR_GOOD if hashed else "no-cache"
        return response
