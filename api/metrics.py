"""Counting requests, for one application; there is no registry at module level."""

import time
from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import Request
from starlette.responses import Response

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one application.

    open   how many requests are being answered
    begun  how many have come
    """

    def __init__(self) -> None:
        self.open = 0
        self.begun = 0
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "concert_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram("concert_request_seconds", "Time to answer", ["route"], registry=self.registry)

    async def __call__(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer the request and count it under its route, never under a path or method that a caller made up."""
        start, status = time.perf_counter(), 500
        self.open += 1
        self.begun += 1
        try:
            response = await call_next(request)
            status = response.status_code
            return response
        finally:
            self.open -= 1
            route = getattr(request.scope.get("route"), "path", "unmatched")
            method = request.method if request.method in METHODS else "other"
            self._requests.labels(method, route, status).inc()
            self._seconds.labels(route).observe(time.perf_counter() - start)
