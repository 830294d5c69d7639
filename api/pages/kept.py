"""Pages that are kept as they were made: what a world says at an address on one day stays the same while it lasts.

They are kept as they travel, through gzip, which leaves about a tenth of them.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any, ParamSpec

from starlette.requests import Request
from starlette.responses import Response

from api.pages.address import address
from api.pages.rendering import page
from graph.tables.world import World

Given = ParamSpec("Given")
MOST_BYTES = 32_000_000
"""What all pages that are kept may take together; those that were not asked for the longest go first."""
LARGEST = MOST_BYTES // 16
"""A page that takes more is made each time."""
LEVEL = 5
"""How hard gzip tries: 9 leaves little less and takes several times as long."""


def today() -> date:
    """The day for which pages are made."""
    return datetime.now(UTC).date()


class Pages:
    """The pages of one application. Safe to use from threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], bytes] = OrderedDict()
        self._making: dict[tuple[str, str, str], Future[Response]] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def of(self, address: str, world: World, request: Request, make: Callable[[], Response]) -> Response:
        """The page at this address as this world has it, made once for all who ask while it is made.

        What is refused is told anew each time. It comes through gzip to a `request` that takes it so.
        """
        key = (world.key, str(today()), address)
        with self._lock:
            body = self._kept.get(key)
            if body is not None:
                self._kept.move_to_end(key)
                return _sent(body, request)
            making = self._making.get(key)
            first = making is None
            if making is None:
                making = self._making[key] = Future()
        if not first:
            made = making.result()
            return page(bytes(made.body), made.status_code)
        try:
            made = make()
            body = gzip.compress(made.body, LEVEL) if made.status_code == 200 else b""
            stays = 0 < len(body) <= LARGEST
            if stays:
                with self._lock:
                    self._keep(key, body)
            making.set_result(made)
        except BaseException as error:
            making.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._making[key]
        return _sent(body, request) if stays else made

    def _keep(self, key: tuple[str, str, str], body: bytes) -> None:
        self._bytes += len(body) - len(self._kept.pop(key, b""))
        self._kept[key] = body
        while self._bytes > MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])


def _sent(body: bytes, request: Request) -> Response:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return page(gzip.decompress(body))
    sent = page(body)
    sent.headers["Content-Encoding"] = "gzip"
    sent.headers["Vary"] += ", Accept-Encoding"
    return sent


def kept(make: Callable[Given, Response]) -> Callable[Given, Response]:
    """A page of which only its world, path and query decide what it says, kept in the application's `Pages`."""

    @wraps(make)
    def shown(*args: Given.args, **kwargs: Given.kwargs) -> Response:
        told: dict[str, Any] = kwargs
        request: Request = told["request"]
        pages: Pages = request.app.state.pages
        return pages.of(_address(request), told["world"], request, lambda: make(*args, **kwargs))

    return shown


def _address(request: Request) -> str:
    """What is asked for, however it is written: a form sends its empty fields as well, in an order of its own."""
    asked = sorted(((n, v) for n, v in request.query_params.multi_items() if v), key=lambda pair: pair[0])
    return address(request.url.path, asked)
