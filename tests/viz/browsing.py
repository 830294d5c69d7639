"""What tests of pages stand on: a real server, the list of pages, and a browser in which nothing may go wrong."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from playwright.sync_api import BrowserContext, Page

from api.app import create_app
from api.settings import Settings

PAGES = {
    "start": "/",
    "questions": "/questions",
    "question": "/questions/who-works-where?place=TJ&domain=drugs",
    "matrix": "/matrix",
    "grouped matrix": "/matrix?columns=response&group=by+region+or+theme&role=funding",
    "cell": "/matrix/cell?place=TJ&domain=drugs",
    "matrix question": "/questions/presence-matrix",
    "empty answer": "/questions/who-works-where?place=TJ&on=1950-01-01",
    "refused": "/questions/who-works-where?place=Narnia",
    "wide answer": "/questions/gaps?place=TJ&limit=20",
    "figures": "/questions/figures?place=TM",
    "dossier": "/id/actor/unodc",
    "place": "/id/place/tj",
    "programme": "/id/programme/unodc-drug-control-central-asia",
    "flow": "/id/flow/persons-central-asia-labour-migration",
    "source": "/id/source/osce-ef-del-3-03",
    "code": "/id/domain/drugs",
    "code list": "/id/scheme/domain",
    "dataset": "/id/dataset/paper-2003",
    "found": "/search?q=police",
    "not found": "/search?q=zzzzqqq",
    "gaps": "/gaps",
    "routes": "/gaps?view=routes",
    "overlaps": "/overlaps?place=TJ",
    "possible duplication": "/overlaps?view=duplication",
    "told of twice": "/overlaps?view=twice",
    "flows": "/flows",
    "explorer": "/explorer",
    "network": "/explorer/coordination?domain=drugs",
    "path": "/explorer/path?start=actor/iom&end=actor/aga-khan-foundation",
    "path to ask for": "/explorer/path",
    "surroundings": "/explorer/surroundings?depth=1&thing=actor/unodc",
    "review": "/review",
    "compared": "/review?one=programme/drug-control-agency-dushanbe&other=programme/unodc-drug-control-central-asia",
    "upload": "/datasets/load",
    "sparql": "/sparql",
    "sparql network": "/sparql?query=SELECT+*+%7B%3Fleg+%3Chttps://w3id.org/concert/ns%23place%3E+%3Fplace%7D",
    "datasets": "/datasets",
    "ontology": "/ns",
    "api": "/docs",
    "help": "/help",
    "design": "/design",
}
"""Name of a page in tests and screenshots -> its address, over the shipped data."""
EXPECTED = ("server responded with a status of 4", "GL Driver Message")
"""What a console may tell: that a page was refused, and that WebGL in software is slow."""
CHROMIUM = os.environ.get("CONCERT_CHROMIUM", "/usr/bin/chromium")
"""The browser that is tested with."""
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


def serve(settings: Settings) -> Iterator[str]:
    """A real server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


class Watched:
    """A context in which nothing may go wrong: no error in the console, no request to another host."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.wrong: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("request", self._request)
        context.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and not any(text in message.text for text in EXPECTED):
            self.wrong.append(message.text)

    def _request(self, request: Any) -> None:
        if urlsplit(request.url).scheme not in ("data", "about", "blob") and not request.url.startswith(self.site):
            self.wrong.append(f"request to {request.url}")

    def open(self, path: str) -> Page:
        """Open a page; what goes wrong on it is kept in `wrong`."""
        page = self.context.new_page()
        page.goto(self.site + path)
        return page


def lay_out(page: Page) -> None:
    """Lay out what a browser would only lay out when it came near."""
    page.evaluate(
        """() => document.querySelectorAll("main *").forEach((each) => {
          if (getComputedStyle(each).contentVisibility === "auto") each.style.contentVisibility = "visible";
        })"""
    )


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    lay_out(page)
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found
