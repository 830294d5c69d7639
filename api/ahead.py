"""What people ask for first is made before they do: once the server runs, and again when its datasets have changed."""

import asyncio
import contextlib
import gc
import threading
import time
from collections.abc import Iterable
from importlib import import_module

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
LULL = 5.0
"""Seconds without a request after which what may never be wanted is made; till then readers have the machine."""
WIDEST = """
select place_within.ancestor as place
from effort
join place_set on place_set.place_set = effort.place_set
join place_within on place_within.place = place_set.place
group by place_within.ancestor
order by count(*) desc, place_within.ancestor
limit 1
"""
"""The place in which, with all that lies in it, most is done: its dossier reads what those of other places read."""
BUSIEST = """
select place_set.place
from effort
join place_set on place_set.place_set = effort.place_set
where place_set.place in (select id from place where class = 'con:Country')
group by place_set.place
order by count(*) desc, place_set.place
limit 250
"""
"""The countries in which anything is done, those with most first; there are some two hundred in the world."""
CROWDED = 12
"""Of so many of them all pages are made, as they are the slowest to make and the likeliest to be wanted; of the others
the dossier."""
ACTIVE = """
select participant.actor
from engagement
join participant on participant.actor_no = engagement.actor_no
group by participant.actor
order by count(distinct engagement.effort_no) desc, participant.actor
limit 12
"""
"""The actors who take part in most: so many claims name them that their dossiers are the slowest of actors."""
OF_A_COUNTRY = (
    "/gaps?",
    "/overlaps?",
    "/overlaps?view=duplication&",
    "/flows?",
    "/matrix?",
    "/questions/fragmentation?",
    "/questions/programmes?",
)
"""Pages that are filtered by a country."""
LONG = 0.2
"""Seconds for a page of a country from which its narrower views are made too; what is quick can wait for its reader."""
LAST = 10.0
"""Seconds that a server waits at its end for what is just being made."""


class Stopped(Exception):
    """Nothing more is to be made."""


class Ahead:
    """What is made for the readers of an application who come to `address`, in a thread of its own."""

    def __init__(self, app: FastAPI, address: str) -> None:
        self._app = app
        self._address = address
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self.keep_ready, daemon=True)

    def start(self) -> None:
        """Begin; nobody waits for it."""
        self._thread.start()

    def stop(self) -> None:
        """Make nothing more, and wait for what is just being made, for ten seconds at the most."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(LAST)

    def keep_ready(self) -> None:
        """Make it now, and again for other datasets and on another day, until it is stopped."""
        library: Library = self._app.state.library
        made = None
        while not self._stopping.is_set():
            with contextlib.suppress(Exception):  # whoever asks is told what is wrong
                wanted = (library.world(visible(library)).datasets, today())
                if wanted != made:
                    made = wanted
                    self.make_first()
                    _settle()
                    self.make_ready()
                    _settle()
            self._stopping.wait(EVERY)

    def make_first(self) -> None:
        """Make the first pages. Raises Stopped when it was stopped meanwhile."""
        self._open(FIRST)

    def make_ready(self) -> None:
        """Make what questions make once a world, the SPARQL store, and the pages behind the first ones.

        Raises Stopped when it was stopped meanwhile.
        """
        library: Library = self._app.state.library
        import_module("scipy.sparse")  # for which the first count of pairs would wait
        world = library.world(visible(library))
        for name, asked in catalogue().items():
            if asked.header.once:
                self._go_on()
                ask(world, name, limit=1)
        self._go_on()
        library.store()
        questions: list[Ready] = self._app.state.ready.of(world, ready)
        self._open(each.url for each in questions if each.url.startswith(KEPT))
        self._open(f"/id/{row['place']}" for row in world.rows(WIDEST))
        self._open(THEN)
        countries = [row["place"] for row in world.rows(BUSIEST)]
        actors = [row["actor"] for row in world.rows(ACTIVE)]
        self._open([f"/id/{each}" for each in (*countries[:CROWDED], *actors)], LULL)
        took = self._open([f"{page}place={place}" for place in countries[:CROWDED] for page in OF_A_COUNTRY], LULL)
        slow = [path for path, seconds in took.items() if seconds > LONG]
        broad = [name for name, domain in codes("domain").items() if not domain.broader]
        self._open([f"{path}&domain={name}" for name in broad for path in slow], LULL)
        self._open([f"/id/{each}" for each in countries[CROWDED:]], LULL)

    def _open(self, paths: Iterable[str], lull: float = 0.0) -> dict[str, float]:
        """Ask for each page in turn, whenever nobody else is being answered, nor began to be for `lull` seconds.

        Gives the seconds that each took.
        """
        took: dict[str, float] = {}
        metrics: Metrics = self._app.state.metrics
        begun = metrics.begun
        for path in paths:
            self._go_on()
            while metrics.open or (lull and metrics.begun > begun):
                begun = metrics.begun
                self._stopping.wait(lull or TURN)
                self._go_on()
            since = time.perf_counter()
            asyncio.run(self._get(path))
            took[path] = time.perf_counter() - since
            begun += 1
        return took

    async def _get(self, path: str) -> None:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self._address) as client:
            await client.get(path, headers={"Accept": "text/html"})

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise Stopped


def _settle() -> None:
    """Leave what is in memory out of later collections of garbage: one that walks it all holds up every answer."""
    gc.unfreeze()  # of what was there for data that have changed, some may be garbage by now
    gc.collect()
    gc.freeze()
