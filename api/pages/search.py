"""`/search`: things found by any of their names."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.kept import kept
from api.pages.rendering import render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.questions.catalogue import Question, catalogue
from graph.things.search import search

router = APIRouter(include_in_schema=False)


@router.get("/search")
@kept
def search_page(request: Request, world: ReaderWorld, q: str = "") -> Response:
    """Things found by any of their names, and the questions that speak of it."""
    found, problem = None, None
    try:
        found = search(world, q, limit=50)
    except ConcertError as error:
        problem = error
    return render(
        "search.html",
        world,
        request=request,
        status=problem.status if problem else 200,
        q=q,
        problem=problem,
        found=found,
        asked=_asked(q),
    )


def _asked(text: str) -> list[Question]:
    """The questions in whose title or sentence every word stands."""
    words = text.lower().split()
    told = ((question, f"{question.header.title} {question.header.asks}".lower()) for question in catalogue().values())
    return [question for question, spoken in told if words and all(word in spoken for word in words)]
