"""What Concert writes into IATI beside the standard, under the namespace of the ontology, and how it is recognised.

`con:activity` is an activity that lacks what IATI requires; `con:implied` marks an element that IATI requires and that
nobody states; `con:id` and `con:place` name our own ids; codes of ours are sectors and tags of a vocabulary at the
address of their list.
"""

from graph.readers.iati.terms import DATE, Node, Value, term, typed
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute
from graph.readers.layout import sheets
from ontology.namespaces import CON, ID
from ontology.vocabulary import codes

ACTIVITY = f"{{{CON}}}activity"
PARTICIPATING = f"{{{CON}}}participating-org"
ACTIVE_ON = f"{{{CON}}}active-on"
BUDGET = f"{{{CON}}}budget"
STATUS = f"{{{CON}}}activity-status"
ACTIVE = term("con:activeOn")

LISTS = f"{ID}scheme/"
PLACES = f"{ID}place/"
KINDS = ("domain", "response", "target")
BOUNDS = (("starts", term("con:starts")), ("ends", term("con:ends")), ("active-on", term("con:activeOn")))
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATES = {4: f"<{_XSD}gYear>", 7: f"<{_XSD}gYearMonth>", 10: DATE}


def is_own(element: Element) -> bool:
    """Whether Concert wrote the activity: then it says all that is known of it, and no codes are told from words."""
    return attribute(element, "linked-data-uri").startswith(f"{ID}programme/")


def implied(element: Element) -> bool:
    """Whether an element is there only because IATI requires it."""
    return element.get(f"{{{CON}}}implied") is not None


def even(element: Element) -> bool:
    """Whether the share of an element is only even, since nobody states one."""
    return element.get(f"{{{CON}}}share") is not None


def named(element: Element, name: str = "id") -> tuple[str, str]:
    """The kind and the slug of the thing that `con:id` or another attribute of ours names; empty without."""
    kind, _, slug = (element.get(f"{{{CON}}}{name}") or "").partition("/")
    return kind, slug


def class_of(element: Element) -> str:
    """The class of an actor, empty where none of ours is told."""
    told = element.get(f"{{{CON}}}class") or ""
    return told if told in sheets()["actors"].classes() else ""


def code_of(element: Element) -> Node | None:
    """The code of ours that a `sector` or `tag` is; None for one of another list. Raises Refused for an unknown one."""
    uri = attribute(element, "vocabulary-uri")
    kind = uri.removeprefix(LISTS)
    if not uri.startswith(LISTS) or kind not in KINDS:
        return None
    return known_code(kind, attribute(element, "code"))


def known_code(kind: str, notation: str) -> Node:
    """The code with this notation. Raises Refused."""
    if notation not in codes(kind):
        raise Refused("@code", notation, f"a code of Concert's list {kind}")
    return f"<{ID}{kind}/{notation}>"


def date_of(text: str) -> Value:
    """The day, month or year of `2003-05-14`, `2003-05` or `2003`. Raises Refused."""
    datatype = _DATES.get(len(text))
    if datatype is None or not text.replace("-", "").isdigit():
        raise Refused("@iso-date", text, "a date as 2003, 2003-05 or 2003-05-14")
    return typed(text, datatype)


def date(element: Element) -> Value | None:
    """The month or year that a date is no more exact than; None for a day. Raises Refused."""
    told = element.get(f"{{{CON}}}date")
    return date_of(told) if told else None


def periods(element: Element) -> list[tuple[Node, Value]]:
    """The period of its own that a participation has. Raises Refused."""
    found = ((property_, element.get(f"{{{CON}}}{name}")) for name, property_ in BOUNDS)
    return [(property_, date_of(text)) for property_, text in found if text]
