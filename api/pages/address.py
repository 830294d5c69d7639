"""What the address of a page holds: the filters of its view, and those that are carried to other pages."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request

from graph.questions.parameters import COMMON, Parameter

LEFT_OUT = ("limit", "cursor", "format")
"""Of an address not part of a view: where one is in the answer, and in what form."""


def pairs(request: Request) -> list[tuple[str, str]]:
    """What the address of a view holds, in its order, without what was left empty."""
    return [(n, v) for n, v in request.query_params.multi_items() if v.strip() and n not in LEFT_OUT]


def common(request: Request) -> list[tuple[str, str]]:
    """The common filters in the address of a request."""
    return [(name, value) for name, value in pairs(request) if name in COMMON]


def carried(request: Request) -> str:
    """The common filters in the address of a request, as a query string."""
    return urlencode(common(request))


def address(path: str, given: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    """A page with this in its address."""
    return f"{path}?{urlencode(given)}" if given else path


def given(request: Request, parameters: Mapping[str, Parameter]) -> dict[str, list[str]]:
    """What the address of a view holds for a page that takes these parameters.

    A common filter that the page does not take is left out, for it was meant for another page; any other unknown
    name stays, so that the page refuses it by name.
    """
    sent = [(name, value) for name, value in pairs(request) if name in parameters or name not in COMMON]
    return {name: [value for other, value in sent if other == name] for name, _ in sent}
