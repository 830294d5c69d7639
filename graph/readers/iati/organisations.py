"""IATI organisations into claims: an actor each, with its names and what it budgets and has spent."""

from pathlib import Path

from graph.readers import Frame, Log, Triples
from graph.readers.iati.actors import Actors, unfit
from graph.readers.iati.ids import escaped
from graph.readers.iati.money import Money
from graph.readers.iati.places import Places
from graph.readers.iati.rates import Rates
from graph.readers.iati.reading import Reading
from graph.readers.iati.terms import ACTOR, PLACE, Node, triples
from graph.readers.iati.text import XML_LANG, narratives, one_line, tag
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute, children, elements

ORGANISATION = "iati-organisation"
BUDGETS = (
    "total-budget",
    "recipient-org-budget",
    "recipient-country-budget",
    "recipient-region-budget",
    "total-expenditure",
)


def read_organisations(file: Path, frame: Frame, log: Log) -> Triples:
    """The claims of an organisations file. `log.taken` counts elements of each kind.

    An organisation without an identifier or a name, or with an identifier that came already, is refused whole.
    """
    log.taken.setdefault(ORGANISATION, 0)
    with Reading(file, frame, log) as reading:
        organisations = _Organisations(reading, Rates(frame.options.get("rates"), file))
        for element in elements(file, "iati-organisations", ORGANISATION):
            try:
                yield from triples("".join(organisations.read(element)))
                reading.take(ORGANISATION)
            except Refused as refused:
                reading.refuse(element, refused, ORGANISATION)


class _Organisations:
    def __init__(self, reading: Reading, rates: Rates) -> None:
        self._reading = reading
        self._actors = Actors(reading)
        self._places = Places(reading)
        self._money = Money(reading, self._actors, rates)

    def read(self, element: Element) -> list[str]:
        lang = element.get(XML_LANG)
        language = tag(lang, self._reading.frame.language) if lang else self._reading.frame.language
        stated = self._reading.stated(element, [])
        identifier, type_, names = _described(element, language)
        if not identifier:
            raise Refused("organisation-identifier", "", "an identifier")
        if not names or any(unfit(text) for text, _ in names):
            raise Refused("name", "(withheld)" if names else "", "the name of a body, without contact details")
        if not self._reading.seen.first("organisation", identifier):
            raise Refused("organisation-identifier", identifier, "an identifier that none before it has")
        node = self._actors.known(identifier) or self._actors.state(identifier, names, type_, stated)
        currency = attribute(element, "default-currency")
        for name, lines in children(element).items():
            if name in BUDGETS:
                for number, line in enumerate(lines, start=1):
                    self._budget(line, node, f"{escaped(identifier)}--{name}-{number}", currency, stated.lines)
        return stated.lines

    def _budget(self, line: Element, of: Node, slug: str, currency: str, lines: list[str]) -> None:
        stated = self._reading.stated(line, lines)
        node = self._reading.own("budget-line", slug)
        try:
            places = self._place(line)
            self._money.budget(line, node, currency, stated)
        except Refused as refused:
            self._reading.refuse(line, refused, slug)
            return
        stated.add(node, ACTOR, of)
        for place in places:
            stated.add(node, PLACE, place)
        self._reading.take(str(line.tag))

    def _place(self, line: Element) -> tuple[Node, ...]:
        for child in line:
            if child.tag == "recipient-country":
                return self._places.country(child)
            if child.tag == "recipient-region":
                return self._places.region(child)
        return ()


def _described(element: Element, language: str) -> tuple[str, str, list[tuple[str, str]]]:
    """Identifier, type and names. The type is that of the reporting organisation where it reports on itself."""
    identifier = reporter = type_ = ""
    for child in element:
        if child.tag in ("organisation-identifier", "iati-identifier"):
            identifier = (child.text or "").strip()
        elif child.tag == "reporting-org":
            reporter, type_ = attribute(child, "ref"), attribute(child, "type")
    found = narratives((child for child in element if child.tag == "name"), language)
    names = [(one_line(text), lang) for text, lang in found]
    return identifier, type_ if reporter == identifier else "", names
