"""`/search`: things found by any of their names."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.things.search import search

router = APIRouter(include_in_schema=False)


@router.get("/search")
def search_page(request: Request, world: ReaderWorld, q: str = "") -> Response:
    """Things found by any of their names."""
    try:
        return render("search.html", world, request=request, q=q, problem=None, found=search(world, q, limit=50))
    except ConcertError as error:
        return render("search.html", world, request=request, status=error.status, q=q, problem=error, found=None)
