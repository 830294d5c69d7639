"""`/datasets/load`: a form that loads a file, and the page that tells how far it is. Both need no script."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.loads import Loads
from api.pages.rendering import render
from api.receiving import receive
from api.uploads import Wish, upload_of
from api.visibility import ReaderLibrary, ReaderWorld
from api.writing import Writer, may_write
from graph.errors import ConcertError, InvalidParameter
from graph.readers.formats import FORMATS
from graph.tables.world import World

EVERY = "2"
"""Seconds after which the page of a load that goes on asks anew."""

router = APIRouter(include_in_schema=False)


@router.get("/datasets/load")
def form(request: Request, world: ReaderWorld) -> Response:
    """The form, or why there is none."""
    return _form(request, world, {})


@router.post("/datasets/load")
async def load(request: Request, world: ReaderWorld, library: ReaderLibrary, by: Writer) -> Response:
    """Take the file in and go on to the page of its load; what is wrong with the form is told on the form."""
    loads: Loads = request.app.state.loads
    settings = request.app.state.settings
    fields: dict[str, str] = {}
    try:
        loads.check_room()
        received = await receive(request, library, settings.upload_bytes, "upload")
        fields = received.fields
        try:
            wish = _wish(fields, by)
        except InvalidParameter:
            await run_in_threadpool(received.discard)
            raise
        accepted = loads.submit(await run_in_threadpool(upload_of, received, wish, world, library, settings))
    except ConcertError as error:
        return await run_in_threadpool(_form, request, world, fields, error)
    return RedirectResponse(f"/datasets/loads/{accepted.id}", 303)


@router.get("/datasets/loads/{id}")
def load_page(id: Annotated[str, Path(max_length=40)], request: Request, world: ReaderWorld) -> Response:
    """How far a load is; the page asks anew until it ended."""
    loads: Loads = request.app.state.loads
    found = loads.find(id)
    page = render("load.html", world, request=request, load=found)
    if not found.ended:
        page.headers["Refresh"] = EVERY
    return page


def _form(request: Request, world: World, fields: dict[str, str], problem: ConcertError | None = None) -> Response:
    values: dict[str, Any] = {"name": "", "format": "", "reject_share": "10"} | fields
    return render(
        "upload.html",
        world,
        problem.status if problem else 200,
        request,
        formats=FORMATS,
        values=values,
        problem=problem,
        allowed=may_write(request),
        most=request.app.state.settings.upload_bytes,
    )


def _wish(fields: dict[str, str], by: str) -> Wish:
    share = fields.get("reject_share", "").strip() or "10"
    if not share.isdecimal() or int(share) > 100:
        raise InvalidParameter(
            f"{share[:20]!r} is no share", parameter="reject_share", given=share[:20], expected="0 to 100 per cent"
        )
    return Wish(fields.get("name", "").strip() or None, fields.get("format") or None, int(share) / 100, (), by)
