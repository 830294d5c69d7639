"""Errors as RFC 9457 problem details: one table for everything that can go wrong."""

import logging
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.pages.rendering import render
from graph.errors import ConcertError, InvalidParameter

LOG = logging.getLogger("concert")
MEDIA_TYPE = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string", "description": "the parameter that is wrong"},
        "given": {"type": "string", "description": "what came"},
        "expected": {"type": "string", "description": "what was expected"},
        "where": {"type": "string", "description": "the place in what came: line and column, file and row"},
    },
}


def problem(status: int, **fields: Any) -> Response:
    """A problem document."""
    return JSONResponse({"type": "about:blank", "status": status, **fields}, status_code=status, media_type=MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation's OpenAPI says of these error statuses."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
        for status in statuses
    }


def _reply(request: Request, fields: dict[str, Any]) -> Response:
    """A page for a browser that asked for a page, a problem document for everybody else."""
    path = request.url.path
    if "text/html" in request.headers.get("accept", "") and not path.startswith("/api"):
        return render("problem.html", None, fields["status"], problem=fields)
    return problem(**fields)


async def _concert(request: Request, error: Exception) -> Response:
    assert isinstance(error, ConcertError)
    return _reply(request, error.problem())


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    detail = f"{request.method} {request.url.path}: {error.detail}"
    reply = _reply(request, {"status": error.status_code, "title": phrase, "detail": detail})
    reply.headers.update(error.headers or {})
    return reply


async def _fault(request: Request, error: Exception) -> Response:
    """A fault of ours: what it was stands in the log, which the reference finds, and nowhere else."""
    reference = token_hex(4)
    LOG.error("%s: %s %s failed", reference, request.method, request.url.path, exc_info=error)
    detail = f"Something went wrong inside Concert. Whoever runs it finds the reason in the log under {reference}."
    return _reply(request, {"status": 500, "title": ConcertError.title, "detail": detail})


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    given = str(first.get("input"))[:200]
    expected = str(first["msg"]).removeprefix("Input should be ").removeprefix("String should have ")
    wrong = InvalidParameter(f"{name} cannot be {given!r}", parameter=name, given=given, expected=expected)
    return _reply(request, wrong.problem())


def install(app: FastAPI) -> None:
    """Register the table on `app`."""
    app.add_exception_handler(ConcertError, _concert)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(Exception, _fault)
