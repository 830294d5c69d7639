"""What a request sends: its body within bounds, as the form or the JSON object that it should be."""

import json
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

from graph.errors import InvalidParameter, TooLarge

MOST = 100_000
"""Bytes of a form or an object that a person fills in."""
FIELDS = 20


async def sent_form(request: Request) -> dict[str, str]:
    """The fields of a form, each given once. Raises InvalidParameter and TooLarge."""
    body = await _body(request, "application/x-www-form-urlencoded")
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise InvalidParameter("the form cannot be read", expected="a form, percent-encoded in UTF-8") from None
    for name, given in fields.items():
        if len(given) > 1:
            raise InvalidParameter(f"{name[:100]} was given {len(given)} times", parameter=name[:100], expected="once")
    return {name: given[0] for name, given in fields.items()}


async def sent_object(request: Request, fields: tuple[str, ...]) -> dict[str, str]:
    """The JSON object of a request, which has exactly these fields, all of them texts.

    Raises InvalidParameter naming the field, and TooLarge.
    """
    body = await _body(request, "application/json")
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidParameter("the body cannot be read", expected="a JSON object in UTF-8") from None
    if not isinstance(found, dict):
        raise InvalidParameter("the body is no object", given=type(found).__name__, expected="a JSON object")
    for name in sorted(found.keys() ^ set(fields)):
        told = f"there is no field {name[:100]!r} here" if name in found else f"{name} is missing"
        raise InvalidParameter(told, parameter=name[:100], expected=", ".join(fields))
    for name in fields:
        if not isinstance(found[name], str) or not _is_text(found[name]):
            raise InvalidParameter(
                f"{name} is no text", parameter=name, given=ascii(found[name])[:80], expected="a text"
            )
    return {name: found[name] for name in fields}


def _is_text(text: str) -> bool:
    """Whether it can be written: JSON can hold halves of characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


async def _body(request: Request, wanted: str) -> bytes:
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != wanted:
        raise InvalidParameter(
            f"this cannot come as {declared[:100] or 'nothing'}",
            parameter="Content-Type",
            given=declared[:100],
            expected=wanted,
        )
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise TooLarge("what was sent is too long", expected=f"at most {MOST:,} bytes")
    return body
