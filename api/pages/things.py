"""`/id/...` as a page: the dossier of a thing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api.pages.explorer import WALKED
from api.pages.rendering import render
from api.visibility import library_of
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
    if kind in WALKED:
        asks += [("Its surroundings", f"/explorer/surroundings?depth=1&thing={quote(thing['id'])}")]
    name = thing["id"].partition("/")[2]
    held = library_of(request).datasets().get(name) if kind == "dataset" else None
    return render("thing.html", world, request=request, thing=thing, asks=asks, name=name, held=held)
