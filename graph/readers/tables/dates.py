"""Dates as tables write them, into 2003, 2003-05 or 2003-05-14; a day that could be a month is not guessed."""

import re
from datetime import datetime
from functools import lru_cache

ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][\d:.+Z-]+")
SLASHED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
PLAIN = (
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "%b %Y",
    "%B %Y",
)
MONTHLESS = re.compile(r"%[bBmj]")
DAYLESS = re.compile(r"%[dj]")


@lru_cache(maxsize=10_000)  # a table tells of few days, each in many rows
def iso(text: str, formats: tuple[str, ...] = ()) -> str:
    """The date in ISO 8601, as exact as the text is; a text that no format reads comes back as it is."""
    for form in formats or PLAIN:
        read = _read(text, form)
        if read:
            return read
    timed = ISO_DAY.fullmatch(text)
    if timed:
        return timed[1]
    slashed = SLASHED.fullmatch(text)
    if slashed and not formats:
        first, second, year = (int(part) for part in slashed.groups())
        if first > 12 >= second or first == second:
            return f"{year:04}-{second:02}-{first:02}"
        if second > 12 >= first:
            return f"{year:04}-{first:02}-{second:02}"
    return text


def _read(text: str, form: str) -> str | None:
    try:
        day = datetime.strptime(text, form).date()  # noqa: DTZ007 a date has no zone
    except ValueError:
        return None
    if not MONTHLESS.search(form):
        return f"{day:%Y}".zfill(4)
    return day.isoformat() if DAYLESS.search(form) else day.isoformat()[:7]
