"""Dates, sums and percentages as IATI files write them."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from graph.readers.iati.terms import DATE, DECIMAL, Value, typed
from graph.readers.iati.xml import Element, attribute

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Refused(ValueError):
    """An element that can't be read: which part of it, what came, and what was expected."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(expected)
        self.field, self.value, self.expected = field, value, expected


class Nothing(Refused):
    """An element that was left empty: it says nothing, so there is nothing to refuse in it."""


@lru_cache(maxsize=20_000)
def day(text: str) -> Value | None:
    """The day of `2011-07-01`, `2011-07-01Z` or `2011-07-01T00:00:00`; None for anything else."""
    try:
        return typed(date.fromisoformat(text.strip()[:10]).isoformat(), DATE)
    except ValueError:
        return None


def dated(element: Element, field: str, name: str = "iso-date") -> Value:
    """The day that an attribute names. Raises Refused."""
    text = attribute(element, name)
    found = day(text)
    if found is None:
        raise Refused(field, text, "a day as 2011-07-01")
    return found


def number(text: str | None, field: str) -> str:
    """A sum as a plain decimal number; commas between thousands are taken out. Raises Refused."""
    given = (text or "").strip()
    plain = given.replace(",", "") if _THOUSANDS.fullmatch(given) else given
    if not _NUMBER.fullmatch(plain):
        raise Refused(field, given, "a number with a point for decimals")
    return plain.removeprefix("+")


def money(value: Element | None, currency: str) -> tuple[str, str, Value | None]:
    """The sum, its currency and the day it is valued on, out of a `value`; `currency` is that of the whole activity.

    Raises Refused when there is no sum, or no currency.
    """
    if value is None:
        raise Refused("value", "", "a sum")
    named = value.get("currency") or currency
    if not _CURRENCY.fullmatch(named):
        raise Refused("value/@currency", named, "an ISO 4217 code of three capitals, here or as default-currency")
    return number(value.text, "value"), named, day(value.get("value-date") or "")


def percentage(element: Element) -> str | None:
    """The share out of a hundred, None where the element names none. Raises Refused outside 0 to 100."""
    given = element.get("percentage")
    return _share(given) if given else None


@lru_cache(maxsize=10_000)
def _share(text: str) -> str | None:
    given = text.strip().rstrip("%").rstrip()
    if not given:
        return None
    share = number(given, "@percentage")
    if not 0 <= Decimal(share) <= 100:
        raise Refused("@percentage", given, "a share from 0 to 100")
    return share


@lru_cache(maxsize=20_000)
def decimal(text: str) -> Value:
    """The literal of a plain decimal number."""
    return typed(text, DECIMAL)
