"""Which datasets a reader may see: decided here and nowhere else. Today every reader sees all that are loaded."""

from typing import Annotated

from fastapi import Depends, Request

from graph.library import Library
from graph.tables.world import World


def visible(library: Library) -> frozenset[str]:
    """Names of the datasets that the reader may see."""
    return library.names()


def library_of(request: Request) -> Library:
    """The library that the application opened."""
    library: Library = request.app.state.library
    return library


def world_of(request: Request) -> World:
    """The world of whoever makes this request."""
    library = library_of(request)
    return library.world(visible(library))


ReaderLibrary = Annotated[Library, Depends(library_of)]
ReaderWorld = Annotated[World, Depends(world_of)]
