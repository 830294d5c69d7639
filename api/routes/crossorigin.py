"""Reading from other origins: by CORS, and never by JSONP."""

from typing import Any

from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from graph.errors import InvalidParameter


class CrossOrigin(APIRoute):
    """A route that any origin may read, its errors too. Credentials of the browser are never taken along."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shared = CORSMiddleware(
            super().handle, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["Authorization"]
        )

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or the question of a browser whether it may make one."""
        await self._shared(scope, receive, send)


def without_callback(request: Request) -> None:
    """Refuse a request for JSONP with its reason. Raises InvalidParameter."""
    if "callback" in request.query_params:
        raise InvalidParameter(
            "JSONP is not offered, since it makes another site run the answer as a script",
            parameter="callback",
            given=request.query_params["callback"][:100],
            expected="a request without it; every origin may read the answer by CORS",
        )
