"""`/help`: what each verdict means and when not to trust it; `/design`: what the pages are made of."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.filters import filter_bar
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.questions.answer import question

router = APIRouter(include_in_schema=False)
STATUSES = ("covered", "thin", "planned", "ended", "none-recorded", "no-source")


@router.get("/help")
def help_page(request: Request, world: ReaderWorld) -> Response:
    """What the words mean, with examples from the shipped paper."""
    return render("help.html", world, request=request, statuses=STATUSES)


@router.get("/design")
def design_page(request: Request, world: ReaderWorld) -> Response:
    """Every token and component, live: the filter bar filters, the table sorts."""
    bar = filter_bar(request, world, question("gaps").parameters)
    return render("design.html", world, bar=bar, options=options(world), statuses=STATUSES)
