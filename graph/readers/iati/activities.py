"""IATI activities into claims: which of a file are read, one after another."""

from collections.abc import Iterable
from pathlib import Path

from graph.readers import Frame, Log, Triples
from graph.readers.iati import own
from graph.readers.iati.activity import Activity, Opened, Readers
from graph.readers.iati.reading import Reading, line
from graph.readers.iati.scope import Scope
from graph.readers.iati.sectors import dac, goal
from graph.readers.iati.text import XML_LANG, narratives, tag
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute, children, elements

ACTIVITY = "iati-activity"
OUT_OF_SCOPE = "iati-activity out of scope"
LONGEST = 500
"""Characters of an identifier."""


def read_activities(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of an activities file. `log.taken` counts elements of each kind, activities out of scope apart.

    Options: `scope`, as `scope.yml` says. An activity without an identifier, or with one that came already, is refused
    whole; any other element that can't be read is refused by itself. Contact details are not looked at.
    """
    scope = Scope(frame.options.get("scope", "trafficking"))
    log.taken.setdefault(ACTIVITY, 0)
    with Reading(file, frame, log) as reading:
        readers = Readers(reading, scope)
        for element in elements(file, "iati-activities", ACTIVITY, own.ACTIVITY):
            activity = _activity(element, readers)
            if activity is not None:
                yield from activity.state()


def _activity(element: Element, readers: Readers) -> Activity | None:
    """The activity that an element is; None when it is out of scope or refused, either of which is counted."""
    reading = readers.reading
    parts = children(element, "title", "sector", "policy-marker", "tag")
    lang = element.get(XML_LANG)
    language = tag(lang, reading.frame.language) if lang else reading.frame.language
    titles = narratives(parts.get("title", ()), language)
    markers = _markers(parts.get("policy-marker", ()))
    said = readers.scope.said(text for text, _ in titles)
    sectors = parts.get("sector") or list(element.iter("sector"))
    goals = [found for each in (*parts.get("tag", ()), *sectors) if (found := goal(each))]
    if not own.is_own(element) and not readers.scope.holds(said, (dac(each) for each in sectors), goals, markers):
        reading.take(OUT_OF_SCOPE)
        return None
    try:
        identifier = _identifier(element, reading)
    except Refused as refused:
        reading.refuse(element, refused, f"line {line(element)}")
        return None
    reading.take(ACTIVITY)
    return Activity(readers, Opened(element, children(element), identifier, language, titles, said, markers))


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
