"""Reading a request: the form of the reply (`?format=`, else what Accept likes best) and parameters given once."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from graph.errors import InvalidParameter, NotAcceptable

JSON = "application/json"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON_LD = "application/ld+json"
HTML = "text/html"
TURTLE = "text/turtle"
GRAPHML = "application/graphml+xml"
GEXF = "application/gexf+xml"


def choose(request: Request, offered: Mapping[str, str]) -> str:
    """The media type to reply with.

    offered  short name for `?format=` -> media type, the default first.
    Raises InvalidParameter for an unknown format and NotAcceptable when Accept names nothing on offer.
    """
    named = named_format(request, offered)
    if named:
        return named
    return accepted(request, tuple(offered.values()))[0]


def single(request: Request, name: str) -> str | None:
    """The one value of a parameter. Raises InvalidParameter when it was given several times."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise InvalidParameter(
            f"{name} was given {len(values)} times",
            parameter=name,
            given=", ".join(values)[:200],
            expected="one value",
        )
    return values[0] if values else None


def named_format(request: Request, offered: Mapping[str, str]) -> str | None:
    """The media type that `?format=` names, if it is there. Raises InvalidParameter for one that is not offered."""
    named = request.query_params.getlist("format")
    if not any(named):
        return None
    if len(named) > 1 or named[0] not in offered:
        told = ", ".join(named)[:200]
        raise InvalidParameter(
            f"there is no format {told!r} here", parameter="format", given=told, expected="one of " + ", ".join(offered)
        )
    return offered[named[0]]


def accepted(request: Request, offered: Sequence[str]) -> tuple[str, ...]:
    """Those of the media types `offered` that Accept names, what it likes best first; among equals, as offered.

    Raises NotAcceptable when there is none.
    """
    accept = request.headers.get("accept") or "*/*"
    found: dict[str, None] = {}
    for wanted in _by_preference(accept):
        kind, _, sub = wanted.partition("/")
        for media in offered:
            if wanted in (media, "*/*") or (sub == "*" and media.startswith(f"{kind}/")):
                found.setdefault(media)
    if not found:
        raise NotAcceptable(
            f"none of the forms in Accept can be given: {accept[:200]}",
            parameter="Accept",
            given=accept[:200],
            expected=", ".join(offered),
        )
    return tuple(found)


def _by_preference(accept: str) -> list[str]:
    weighed = []
    for place, part in enumerate(accept.split(",")):
        media, *options = (piece.strip() for piece in part.split(";"))
        quality = next((option[2:] for option in options if option.startswith("q=")), "1")
        try:
            weighed.append((-float(quality), place, media.lower()))
        except ValueError:
            continue
    return [media for quality, _, media in sorted(weighed) if quality < 0]
