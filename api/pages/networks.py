"""`/networks/{kind}`: a network's form, and its drawing in a frame of its own."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.filters import filter_bar
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.network.build import network
from graph.network.catalogue import kind as network_kind
from graph.network.catalogue import kinds as network_kinds

router = APIRouter(include_in_schema=False)


@router.get("/networks/{kind}")
def network_page(kind: str, request: Request, world: ReaderWorld) -> Response:
    """A network: its form, and the drawing in a frame of its own."""
    asked = network_kind(kind)
    bar = filter_bar(request, world, asked.parameters)
    drawn, problem = None, None
    try:
        drawn = network(world, kind, bar.sent, evidence=False, cache=request.app.state.drawn)
    except ConcertError as error:
        problem = error
    sent = [(name, value) for name, values in bar.sent.items() for value in values]
    missing = problem is not None and not bar.sent
    return render(
        "network.html",
        world,
        status=200 if missing or problem is None else problem.status,
        kind=kind,
        network=asked,
        networks=network_kinds(),
        bar=bar,
        options=options(world),
        problem=problem,
        missing=missing,
        drawn=drawn,
        link=lambda form: f"/api/networks/{kind}?{urlencode([*sent, ('format', form)])}",
    )
