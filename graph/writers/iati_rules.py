"""The rules of IATI 2.03 that matter, as a check of one activity, so that no file goes out that its readers refuse.

The order and the number of elements are those of iati-activities-schema.xsd, the rest is from the standard's rules on
identifiers, dates, percentages and places (https://iatistandard.org/en/iati-standard/203/).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

Element = etree._Element

ORDER = (
    *("iati-identifier", "reporting-org", "title", "description", "participating-org", "other-identifier"),
    *("activity-status", "activity-date", "contact-info", "activity-scope", "recipient-country", "recipient-region"),
    *("location", "sector", "tag", "country-budget-items", "humanitarian-scope", "policy-marker"),
    *("collaboration-type", "default-flow-type", "default-finance-type", "default-aid-type", "default-tied-status"),
    *("budget", "planned-disbursement", "capital-spend", "transaction", "document-link", "related-activity"),
    *("legacy-data", "conditions", "result", "crs-add", "fss"),
)
REQUIRED = (
    *("iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status"),
    "activity-date",
)
ONCE = ("iati-identifier", "reporting-org", "title", "activity-status")
NARRATED = ("title", "description", "reporting-org")
CODED = {
    "activity-status": ("code", "123456"),
    "activity-date": ("type", "1234"),
    "participating-org": ("role", "1234"),
    "related-activity": ("type", "12345"),
}
IDENTIFIER = re.compile(r"[^/&|?\s]+")
PAIRS = (("1", "3"), ("2", "4"))
"""Types of dates: planned start and end, actual start and end."""

WHOLE = Decimal(100)
NEARLY = Decimal("0.01")
YEAR = 366


def broken(activity: Element) -> list[str]:
    """What an `iati-activity` breaks, in words; nothing where it keeps all of the rules."""
    rules = (_order, _counts, _codes, _dates, _shares, _budgets)
    return [told for rule in rules for told in rule(activity)]


def _own(activity: Element) -> list[Element]:
    """The elements of the standard; those under another namespace may follow them."""
    return [child for child in activity.iterchildren(etree.Element) if not str(child.tag).startswith("{")]


def _order(activity: Element) -> Iterator[str]:
    children = list(activity.iterchildren())
    own = _own(activity)
    if children[: len(own)] != own:
        yield "an element of another namespace stands before one of the standard"
    unknown = sorted({str(child.tag) for child in own} - set(ORDER))
    if unknown:
        yield f"elements that the schema does not have: {', '.join(unknown)}"
    places = [ORDER.index(str(child.tag)) for child in own if child.tag in ORDER]
    if places != sorted(places):
        yield "the elements are not in the order of the schema"


def _counts(activity: Element) -> Iterator[str]:
    for name in REQUIRED:
        if activity.find(name) is None:
            yield f"{name} is missing"
    for name in ONCE:
        if len(activity.findall(name)) > 1:
            yield f"{name} stands more than once"
    for name in NARRATED:
        if any(not (each.findtext("narrative") or "").strip() for each in activity.findall(name)):
            yield f"{name} has no narrative"
    if activity.find("recipient-country") is None and activity.find("recipient-region") is None:
        yield "there is neither recipient-country nor recipient-region"
    if activity.find("sector") is None:
        yield "there is no sector"
    for reporting in activity.findall("reporting-org"):
        if not reporting.get("ref") or not reporting.get("type"):
            yield "reporting-org has no ref or no type"


def _codes(activity: Element) -> Iterator[str]:
    identifier = activity.findtext("iati-identifier") or ""
    if not IDENTIFIER.fullmatch(identifier):
        yield f"iati-identifier {identifier!r} has a space or one of / & | ?"
    for name, (attribute, known) in CODED.items():
        for element in activity.findall(name):
            if (element.get(attribute) or " ") not in known:
                yield f"{name}/@{attribute} is {element.get(attribute)!r}"
    for party in activity.findall("participating-org"):
        if not party.get("ref") and not (party.findtext("narrative") or "").strip():
            yield "participating-org has neither ref nor narrative"
    for element in activity.iter("sector", "tag", "recipient-region"):
        if element.get("vocabulary") in ("98", "99") and not element.get("vocabulary-uri"):
            yield f"{element.tag} of a vocabulary of one's own names no vocabulary-uri"


def _dates(activity: Element) -> Iterator[str]:
    found: dict[str, date] = {}
    for element in activity.findall("activity-date"):
        day = _day(element)
        if day is None:
            yield f"activity-date is {element.get('iso-date')!r}"
        elif element.get("type") in found:
            yield f"activity-date of type {element.get('type')} stands more than once"
        else:
            found[str(element.get("type"))] = day
    if not {"1", "2"} & found.keys():
        yield "there is no activity-date of a start"
    for start, end in PAIRS:
        if start in found and end in found and found[end] < found[start]:
            yield f"the end of type {end} is before the start of type {start}"


def _shares(activity: Element) -> Iterator[str]:
    groups: dict[str, list[Element]] = defaultdict(list)
    groups["recipients"] = [*activity.findall("recipient-country"), *activity.findall("recipient-region")]
    for sector in activity.findall("sector"):
        groups[f"sectors of vocabulary {sector.get('vocabulary') or '1'}"].append(sector)
    for name, elements in groups.items():
        given = [element.get("percentage") for element in elements]
        if len(elements) > 1 and None in given:
            yield f"{name} are several, and not all have a percentage"
            continue
        try:
            total = sum((Decimal(share) for share in given if share is not None), Decimal(0))
        except InvalidOperation:
            yield f"{name} have a percentage that is no number"
            continue
        if any(share is not None for share in given) and abs(total - WHOLE) > NEARLY:
            yield f"the percentages of {name} add up to {total}"


def _budgets(activity: Element) -> Iterator[str]:
    for budget in activity.findall("budget"):
        start, end, value = (budget.find(name) for name in ("period-start", "period-end", "value"))
        first, last = _day(start), _day(end)
        if first is None or last is None or not 0 <= (last - first).days <= YEAR:
            yield "a budget has no period of a year at most"
        if (
            value is None
            or not value.get("value-date")
            or not (value.get("currency") or activity.get("default-currency"))
        ):
            yield "the value of a budget has no currency or no value-date"


def _day(element: Element | None) -> date | None:
    try:
        return date.fromisoformat((element.get("iso-date") if element is not None else None) or "")
    except ValueError:
        return None
