"""The picture that a request asks for: what the drawings of the API and the page of the explorer share."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from graph.network.catalogue import kind
from graph.network.progress import Progress
from graph.questions.parameters import COMMON, resolve
from graph.tables.world import World
from viz.drawings.additions import viewed
from viz.drawings.form import written
from viz.drawings.picture import Picture, picture
from viz.drawings.shelf import Making
from viz.drawings.view import View, period, periods, read, split

LARGE = 5_000
"""Nodes from which a picture is written as it is made; asking for one that is not takes a moment then."""


def shown(
    request: Request, world: World, name: str, given: Mapping[str, Sequence[str]]
) -> tuple[Picture, Picture, View]:
    """The picture as it comes, the same with what the view adds, and the view.

    Raises what `graph.network.build.network` and `viz.drawings.view.read` raise.
    """
    found = soon(request, world, name, given, patience=None)
    assert not isinstance(found, Making)
    return found


def soon(
    request: Request, world: World, name: str, given: Mapping[str, Sequence[str]], patience: float | None
) -> tuple[Picture, Picture, View] | Making:
    """What `shown` gives, or how far it has come where it takes more than `patience` seconds."""
    asked, more = split(given)
    kind(name)
    view = read(world, more)
    told = json.dumps([world.schema.name, world.key, name, sorted(asked.items()), view.edges])
    key = hashlib.sha256(told.encode()).hexdigest()
    cache = request.app.state.drawn

    def make(told: Progress) -> Picture:
        made = picture(world, name, asked, edges=view.edges, cache=cache, progress=told)
        if len(made.nodes) > LARGE:  # who waited for it asks for this next
            told("Writing", 0.95)
            written(made, compressed=True)
        return made

    base = request.app.state.pictures.of(key, make, patience)
    if isinstance(base, Making):
        return base
    known = {each: COMMON[each] for each in periods() if each in kind(name).parameters}
    values = resolve(world, known, {each: asked[each] for each in asked if each in known})
    return base, viewed(world, base, view, period(values)), view


def filters(world: World, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The filters that hold for whatever is added to a picture, resolved. Raises InvalidParameter."""
    return period(resolve(world, periods(), given))
