"""When an activity runs: the actual dates where there are any, else the planned ones, which a note then says."""

import pyoxigraph as ox

from graph.readers.iati import own
from graph.readers.iati.codes import DATES
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import ENDS, NOTE, PLANNED_END, PLANNED_START, STARTS
from graph.readers.iati.values import Refused, dated
from graph.readers.iati.xml import Element, attribute

NOTES = {
    (True, False): ox.Literal("The start is as planned.", language="en"),
    (False, True): ox.Literal("The end is as planned.", language="en"),
    (True, True): ox.Literal("Start and end are as planned.", language="en"),
}


class Period:
    """The dates of one activity, by the codes of ActivityDateType."""

    def __init__(self) -> None:
        self._dates: dict[str, ox.Literal] = {}

    def date(self, element: Element) -> None:
        """Take an `activity-date`. Raises Refused, also for a second one of its type."""
        given = attribute(element, "type")
        type_ = DATES.get(given.lower(), given)
        if type_ not in DATES.values():
            raise Refused("@type", given, "a code of the list ActivityDateType")
        if type_ in self._dates:
            raise Refused("@type", given, "one date of each type")
        exact = own.date(element)
        self._dates[type_] = dated(element, "@iso-date") if exact is None else exact

    def state(self, node: ox.NamedNode, stated: Stated) -> Refused | None:
        """State the period of a programme. Returns why its end is left out, where it comes before the start."""
        planned_start, start, planned_end, end = (self._dates.get(type_) for type_ in ("1", "2", "3", "4"))
        starts, ends = start or planned_start, end or planned_end
        refused = None
        if starts is not None and ends is not None and ends.value < starts.value:
            refused, ends = Refused("@iso-date", ends.value, f"an end on or after {starts.value}"), None
        bounds = (
            (STARTS, starts),
            (ENDS, ends),
            (PLANNED_START, planned_start if start is not None else None),
            (PLANNED_END, planned_end if end is not None else None),
            (NOTE, NOTES.get((starts is not None and start is None, ends is not None and end is None))),
        )
        for property_, value in bounds:
            if value is not None:
                stated.add(node, property_, value)
        return refused
