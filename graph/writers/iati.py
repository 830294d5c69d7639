"""A part as IATI 2.03 activities. What the standard cannot say stands beside it, under the ontology's own namespace.

An `iati-activity` is written only where all that the standard requires is known. Any other programme is a
`con:activity` after them, with the same elements in it and the missing ones named in `con:missing`: schema and users of
IATI pass over it, our reader takes it. Nothing is made up to fill a required element.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree

from graph.tables.engine import Row
from graph.writers.iati_activity import CON, activity
from graph.writers.network import ILLEGAL
from graph.writers.part import Part, Told, handling

VERSION = "2.03"
REPORTED = ("role/funding", "role/accountable", "role/extending", "role/implementing")
"""The roles that IATI has."""

STATUSES = ("status/proposed", "status/active", "status/ended", "status/cancelled", "status/suspended")
"""The statuses that IATI has; it knows no activity that an authority refused."""


def write_iati(part: Part, out: BinaryIO) -> Told:
    """One `iati-activities`; what is missing of each programme that is no `iati-activity` is counted in the result."""
    written = {"iati-activity": 0, "con:activity": 0}
    unsaid: dict[str, int] = {}
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with _root(file, part):
            for record in _programmes(part, 0, 0.5):
                if not missing(record):
                    file.write(activity(record), pretty_print=True)
                    written["iati-activity"] += 1
            for record in _programmes(part, 0.5, 1):
                lacking = missing(record)
                if lacking:
                    file.write(activity(record, lacking), pretty_print=True)
                    written["con:activity"] += 1
                    for element in lacking:
                        unsaid[f"a programme without {element}"] = unsaid.get(f"a programme without {element}", 0) + 1
                for what in _left_out(record):
                    unsaid[what] = unsaid.get(what, 0) + 1
            for dataset in part.datasets:
                file.write(_dataset(dataset), pretty_print=True)
    return Told(written, dict(sorted(unsaid.items())))


def missing(record: Row) -> list[str]:
    """The elements that IATI requires of every activity and that nothing is known for, in the order of the schema."""
    found = {
        "participating-org": not any(party["role"] in REPORTED for party in record["parties"]),
        "activity-status": record["status"] not in STATUSES,
        "activity-date": record["starts"] is None,
        "recipient-country": not record["places"],
        "sector": not record["domains"] and not record["responses"],
    }
    return [element for element, lacks in found.items() if lacks]


def merged(records: Sequence[Row]) -> Row:
    """What several datasets say of one programme: an activity can be reported once only. The first has precedence."""
    whole = dict(records[0])
    for other in records[1:]:
        for name, value in other.items():
            if isinstance(value, list):
                whole[name] = whole[name] + [each for each in value if each not in whole[name]]
            elif whole[name] is None:
                whole[name] = value
    return whole


def _programmes(part: Part, start: float, end: float) -> Iterator[Row]:
    for _, records in groupby(part.records(start, end), key=lambda record: record["id"]):
        yield merged(list(records))


def _left_out(record: Row) -> Iterable[str]:
    if any(name["use"] == "acronym" for name in record["names"]):
        yield "acronyms"
    if record["budget"] is not None and not record["currency"]:
        yield "budgets without a currency"


def _root(file: Any, part: Part) -> AbstractContextManager[Any]:
    attributes = {"version": VERSION, f"{{{CON}}}handling": handling(part.datasets)}
    for name, value in sorted(part.parameters.items()):
        if value is not None:
            attributes[f"{{{CON}}}only-{name}"] = " ".join(value) if isinstance(value, list) else str(value)
    root: AbstractContextManager[Any] = file.element("iati-activities", attributes, nsmap={"con": CON})
    return root


def _dataset(dataset: Row) -> etree._Element:
    element = etree.Element(f"{{{CON}}}dataset", nsmap={"con": CON})
    element.set("name", dataset["name"])
    for name in ("publisher", "licence", "issued"):
        if dataset[name]:
            element.set(name, ILLEGAL.sub("", dataset[name]))
    element.set("handling", handling([dataset]))
    element.text = ILLEGAL.sub("", dataset["title"])
    return element
