"""IATI activities into claims: which of a file are read, one after another."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph.readers import Frame, Log, Triples
from graph.readers.iati import own
from graph.readers.iati.activity import Activity, Opened, Readers
from graph.readers.iati.rates import Rates
from graph.readers.iati.reading import Reading, line
from graph.readers.iati.scope import Scope
from graph.readers.iati.sectors import dac, goal
from graph.readers.iati.terms import triples
from graph.readers.iati.text import XML_LANG, narratives, tag
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute, children, elements

ACTIVITY = "iati-activity"
OUT_OF_SCOPE = "iati-activity out of scope"
LONGEST = 500
"""Characters of an identifier."""

LOOKED_AT = ("title", "sector", "policy-marker", "tag")
"""What tells whether an activity is in scope; of one that is not, nothing else is looked at."""


BLOCK = 256
"""Activities whose claims are handed on together."""


def _unseen(share: float) -> None:
    """Nobody watches."""


def read_activities(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of an activities file, as `read_blocks` gives them."""
    for block in read_blocks(file, frame, log):
        yield from triples(block)


def read_blocks(file: Path, frame: Frame, log: Log, advance: Callable[[float], None] = _unseen) -> Iterator[bytes]:
    """The claims of an activities file as lines of canonical N-Triples, many at once.

    `log.taken` counts elements of each kind, activities out of scope apart. `advance` is told the share of the file
    that was read. Options: `scope`, as `scope.yml` says, and `rates`, a table as
    `Rates` reads it. An activity without an identifier, or with one that came
    already, is refused whole; any other element that can't be read is refused by itself. Contact details are not
    looked at.
    """
    scope, rates = Scope(frame.options.get("scope", "trafficking")), Rates(frame.options.get("rates"), file)
    log.taken.setdefault(ACTIVITY, 0)
    lines: list[str] = []
    with Reading(file, frame, log) as reading:
        readers = Readers(reading, scope, rates)
        found = elements(file, "iati-activities", ACTIVITY, own.ACTIVITY, advance=advance)
        for number, element in enumerate(found, start=1):
            activity = _activity(element, readers)
            if activity is not None:
                lines += activity.state()
            if number % BLOCK == 0 and lines:
                yield "".join(lines).encode()
                lines.clear()
        if lines:
            yield "".join(lines).encode()


def _activity(element: Element, readers: Readers) -> Activity | None:
    """The activity that an element is; None when it is out of scope or refused, either of which is counted."""
    reading, scope = readers.reading, readers.scope
    parts = children(element) if scope.everything else children(element, *LOOKED_AT)
    lang = element.get(XML_LANG)
    language = tag(lang, reading.frame.language) if lang else reading.frame.language
    titles = narratives(parts.get("title", ()), language)
    said = scope.said(text for text, _ in titles)
    if not (scope.everything or said or own.is_own(element) or _in_scope(element, parts, scope)):
        reading.take(OUT_OF_SCOPE)
        return None
    try:
        identifier = _identifier(element, reading)
    except Refused as refused:
        reading.refuse(element, refused, f"line {line(element)}")
        return None
    reading.take(ACTIVITY)
    markers = _markers(parts.get("policy-marker", ()))
    every = parts if scope.everything else children(element)
    return Activity(readers, Opened(element, every, identifier, language, titles, said, markers))


def _in_scope(element: Element, parts: dict[str, list[Element]], scope: Scope) -> bool:
    """Whether an activity of which the title says nothing is in scope by its codes, goals and markers."""
    filed = parts.get("sector") or list(element.iter("sector"))
    codes = [code for each in filed if (code := dac(each))]
    if scope.filed(codes) or scope.aims(found for each in (*parts.get("tag", ()), *filed) if (found := goal(each))):
        return True
    return scope.wide(codes) and scope.marked(_markers(parts.get("policy-marker", ())))


def _identifier(element: Element, reading: Reading) -> str:
    identifier = " ".join((element.findtext("iati-identifier") or "").split())
    if not identifier or len(identifier) > LONGEST:
        raise Refused("iati-identifier", identifier, f"an identifier of at most {LONGEST} characters")
    if not reading.seen.first("activity", identifier):
        raise Refused("iati-identifier", identifier, "an identifier that no activity before it has")
    return identifier


def _markers(found: Iterable[Element]) -> dict[str, int]:
    """Significance of each policy marker of the DAC."""
    markers = {}
    for element in found:
        level = attribute(element, "significance")
        if attribute(element, "vocabulary") in ("", "1", "DAC") and level.isascii() and level.isdigit():
            markers[attribute(element, "code")] = int(level)
    return markers
