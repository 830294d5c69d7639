"""The application: settings in, app out."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import pages, problems
from api.head import Head
from api.loads import Loads
from api.metrics import Metrics
from api.openapi import describe
from api.pages.kept import Pages
from api.pages.ready import Ready
from api.routes import (
    drawings,
    exports,
    identity,
    matrices,
    networks,
    ontology,
    questions,
    reconcile,
    sparql,
    status,
    things,
    uploads,
)
from api.settings import Settings
from api.squeezed import Squeezed
from api.static import Static
from graph.loading import Progress, silent
from graph.network.cache import Cache
from graph.things.spellings import Shelf
from viz.drawings.shelf import Pictures
from viz.kept import Kept
from viz.maps.coverage import Coverage
from viz.years import Years

DESCRIPTION = """
Who works where against trafficking, and where nobody does.

Every row carries its sources; every answer its total and its caveat. Errors are RFC 9457 problem details that name
the parameter, what came and what was expected.
"""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def create_app(settings: Settings, progress: Progress = silent) -> FastAPI:
    """Put the parts together. The library opens when the application starts, with the shipped datasets loaded."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with settings.open_library() as library:
            await run_in_threadpool(library.ensure, list(settings.shipped), progress)
            app.state.library = library
            app.state.drawn = Cache(library.home.path / "cache" / "networks")
            app.state.exporting = exports.turns()
            app.state.loads = Loads(library)
            app.state.pictures = Pictures()
            try:
                yield
            finally:
                await run_in_threadpool(app.state.loads.close)
                await run_in_threadpool(app.state.pictures.close)

    app = FastAPI(
        title="Concert", version="0.1.0", description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.metrics = Metrics()
    app.state.spellings = Shelf()
    app.state.coverages = Kept[Coverage]()
    app.state.years = Kept[Years]()
    app.state.pages = Pages()
    app.state.ready = Kept[list[Ready]]()
    app.middleware("http")(app.state.metrics)
    app.middleware("http")(_guard)
    app.add_middleware(Head)
    app.add_middleware(Squeezed)
    for part in (
        questions,
        reconcile,
        identity,
        networks,
        drawings,
        matrices,
        things,
        sparql,
        ontology,
        status,
        exports,
        uploads,
        pages,
    ):
        app.include_router(part.router)
    app.mount("/static", Static(), name="static")
    problems.install(app)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's own way to change it
    return app


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Headers that keep a page to itself: no other host, no script that is not ours, no sniffing."""
    response = await call_next(request)
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
