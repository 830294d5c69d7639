"""Pages of a list: a limit, and a cursor that is good for the same list only."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from graph.errors import InvalidParameter

Item = TypeVar("Item")
LONGEST = 200
"""Characters of a cursor."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items of a list, how many it has in all, and the cursor of the next page."""

    items: Sequence[Item]
    total: int
    next: str | None


def page(listed: Sequence[Item], key: str, limit: int, cursor: str | None) -> Page[Item]:
    """The page of `listed` that `cursor` leads to, the first without one.

    key  changes with the list. Raises InvalidParameter for a cursor of another list, and for what is none.
    """
    start = _start(cursor, key)
    after = start + limit
    more = _cursor(after, key) if after < len(listed) else None
    return Page(listed[start:after], len(listed), more)


def _cursor(start: int, key: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([start, key]).encode()).decode().rstrip("=")


def _start(cursor: str | None, wanted: str) -> int:
    if not cursor:
        return 0
    try:
        found: Any = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        start, key = found
        if type(start) is not int or not 0 <= start < 2**62:
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise InvalidParameter(
            "cursor is not one that this service gave",
            parameter="cursor",
            given=cursor[:80],
            expected="`next` of a page",
        ) from None
    if key != wanted:
        raise InvalidParameter(
            "that cursor is of another list, or the list has changed since",
            parameter="cursor",
            given=cursor[:80],
            expected="the first page again",
        )
    return start
