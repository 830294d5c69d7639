"""`/id/...` as a page: the dossier of a thing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render
from graph.questions.catalogue import catalogue
from graph.questions.parameters import COMMON
from graph.tables.world import World


def thing_page(request: Request, world: World, thing: Mapping[str, Any]) -> Response:
    """The dossier of a thing."""
    kind = thing["kind"]
    asks = [
        (other.header.title, f"/questions/{other.name}?{kind}={quote(thing['id'])}")
        for other in catalogue().values()
        if kind in COMMON and kind in other.parameters
    ]
    if thing["datasets"]:
        asks += [("Its surroundings", f"/networks/surroundings?thing={quote(thing['id'])}")]
    return render("thing.html", world, request=request, thing=thing, asks=asks)
