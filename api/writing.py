"""Who may change anything over HTTP: decided here and nowhere else. An operation that writes takes a `Writer`."""

import ipaddress
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.settings import Settings
from graph.errors import ConcertError


class Forbidden(ConcertError):
    """It is understood, and not allowed here or to whoever asks."""

    status = 403
    exit_code = 77
    title = "Not allowed"


def writer_of(request: Request) -> str:
    """The name of whoever makes this request, who may write. Raises Forbidden."""
    settings: Settings = request.app.state.settings
    _check_allowed(request, settings)
    _check_own_page(request.headers)
    return settings.writer


def may_write(request: Request) -> bool:
    """Whether a request like this one could write: what a page that offers it asks."""
    try:
        _check_allowed(request, request.app.state.settings)
    except Forbidden:
        return False
    return True


Writer = Annotated[str, Depends(writer_of)]


def _check_allowed(request: Request, settings: Settings) -> None:
    """Without a setting, only the machine itself writes, and only by a name that always means this machine.

    The name is looked at because another site may let its own name lead here: the browser then takes its page for ours.
    """
    allowed = settings.writing
    if allowed is None:
        client = request.client.host if request.client else ""
        allowed = all(_is_loopback(host) for host in (settings.host, client, _host(request.headers)))
    if not allowed:
        raise Forbidden(
            "this service only reads for you",
            expected="CONCERT_WRITE=yes on the server, or a request from its own machine while that is not set",
        )


def _check_own_page(headers: Mapping[str, str]) -> None:
    """Refuse what a page of another site sends: a browser says where a request comes from, other programs need not."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise _foreign(site)
    if origin is not None and origin.lower().partition("://")[2] != headers.get("host", "").lower():
        raise _foreign(origin)


def _foreign(given: str) -> Forbidden:
    return Forbidden(
        "this came from a page of another site", given=given[:200], expected="a page of this service, or no browser"
    )


def _host(headers: Mapping[str, str]) -> str:
    """The name by which the service was asked, without the port."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
