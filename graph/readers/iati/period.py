"""When an activity runs: the actual dates where there are any, else the planned ones, which a note then says."""

from graph.readers.iati import own
from graph.readers.iati.codes import DATES
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import ENDS, PLANNED_END, PLANNED_START, STARTS, Node, Value, text_of
from graph.readers.iati.values import Refused, dated
from graph.readers.iati.xml import Element, attribute

NOTES = {
    (True, False): "The start is as planned.",
    (False, True): "The end is as planned.",
    (True, True): "Start and end are as planned.",
}


class Period:
    """The dates of one activity, by the codes of ActivityDateType."""

    def __init__(self) -> None:
        self._dates: dict[str, Value] = {}

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

    def state(self, node: Node, stated: Stated) -> tuple[Refused | None, str]:
        """State the period of a programme.

        Returns why its end is left out, where it comes before the start; and what has to be noted of it.
        """
        planned_start, start, planned_end, end = (self._dates.get(type_) for type_ in ("1", "2", "3", "4"))
        starts, ends = start or planned_start, end or planned_end
        refused = None
        if starts is not None and ends is not None and ends < starts:
            refused, ends = Refused("@iso-date", text_of(ends), f"an end on or after {text_of(starts)}"), None
        bounds = (
            (STARTS, starts),
            (ENDS, ends),
            (PLANNED_START, planned_start if start is not None else None),
            (PLANNED_END, planned_end if end is not None else None),
        )
        for property_, value in bounds:
            if value is not None:
                stated.add(node, property_, value)
        return refused, NOTES.get((starts is not None and start is None, ends is not None and end is None), "")
