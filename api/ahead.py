"""What people ask for first is made before they do: once the server runs, and again when its datasets have changed."""

import asyncio
import contextlib
import time
from collections.abc import Iterable

import httpx
from fastapi import FastAPI

from api.metrics import Metrics
from api.pages.kept import today
from api.pages.ready import Ready, ready
from api.pages.rendering import FURTHER, NAVIGATION
from api.visibility import visible
from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from ontology.vocabulary import codes

FIRST = ("/", *(path for _, path in NAVIGATION), "/overlaps?view=duplication")
"""The start page, and where it leads."""
THEN = tuple(path for _, path in FURTHER)
KEPT = ("/gaps", "/overlaps", "/id/")
"""Of the questions that the start page has ready, those whose pages are kept; a network is drawn when it is wanted."""
EVERY = 5.0
"""Seconds from one look for new data to the next."""
TURN = 0.2
"""Seconds until the next look whether somebody else is being answered."""


def keep_ready(app: FastAPI, address: str) -> None:
    """Make it now, and again for other datasets and on another day, for ever. `address` is where readers come."""
    library: Library = app.state.library
    made = None
    while True:
        with contextlib.suppress(Exception):  # whoever asks is told what is wrong
            wanted = (library.world(visible(library)).datasets, today())
            if wanted != made:
                made = wanted
                make_ready(app, address)
        time.sleep(EVERY)


def make_ready(app: FastAPI, address: str) -> None:
    """Make the first pages, what questions make once a world, the SPARQL store, and the pages behind those."""
    library: Library = app.state.library
    _open(app, address, FIRST)
    world = library.world(visible(library))
    for name, asked in catalogue().items():
        if asked.header.once:
            ask(world, name, limit=1)
    for domain in codes("domain").values():  # most of what gaps make once is made for each domain, if one is asked for
        if not domain.broader:
            ask(world, "gaps", {"domain": [domain.id]}, limit=1)
    library.store()
    questions: list[Ready] = app.state.ready.of(world, ready)
    _open(app, address, [each.url for each in questions if each.url.startswith(KEPT)])
    _open(app, address, THEN)


def _open(app: FastAPI, address: str, paths: Iterable[str]) -> None:
    """Ask for each page in turn, whenever nobody else is being answered."""
    metrics: Metrics = app.state.metrics
    for path in paths:
        while metrics.open:
            time.sleep(TURN)
        asyncio.run(_get(app, address, path))


async def _get(app: FastAPI, address: str, path: str) -> None:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=address) as client:
        await client.get(path, headers={"Accept": "text/html"})
