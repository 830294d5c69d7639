"""Pages and their files travel compressed, for who can read that: a wide matrix is a twentieth as long."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

PROGRAMS = ("/api/", "/sparql", "/reconcile", "/healthz", "/readyz", "/metrics")
"""What programs ask for, as often as they like and mostly from near by: it comes as it is."""
FEWEST_BYTES = 2_000


class Squeezed:
    """What is not asked for by programs goes through gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._squeezed = GZipMiddleware(app, minimum_size=FEWEST_BYTES, compresslevel=4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; HEAD tells the length of what is not compressed."""
        page = scope["type"] == "http" and scope["method"] != "HEAD" and not scope["path"].startswith(PROGRAMS)
        await (self._squeezed if page else self._plain)(scope, receive, send)
