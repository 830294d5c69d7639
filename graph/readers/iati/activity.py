"""One IATI activity: a programme, who takes part in it, where, on what, and with which money."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from graph.readers.iati import own
from graph.readers.iati.actors import Actors
from graph.readers.iati.codes import ROLES, STATUSES, translated
from graph.readers.iati.ids import escaped
from graph.readers.iati.money import Money, Sum, whole
from graph.readers.iati.period import Period
from graph.readers.iati.places import Places
from graph.readers.iati.rates import Rates
from graph.readers.iati.reading import Reading
from graph.readers.iati.relations import Relations
from graph.readers.iati.scope import Scope
from graph.readers.iati.sectors import Sectors
from graph.readers.iati.terms import (
    ACTOR,
    ALIAS,
    ALLOCATION,
    ATTRIBUTED_TO,
    BUDGET,
    CURRENCY,
    DESCRIPTION,
    DOMAIN,
    HIERARCHY,
    LABEL,
    NOTE,
    OF_PROGRAMME,
    PARTICIPATION,
    PERCENTAGE,
    PLACE,
    PROGRAMME,
    RESPONSE,
    ROLE,
    SECTOR,
    STATED_ON,
    STATUS,
    TARGET,
    Node,
    last,
    quoted,
)
from graph.readers.iati.text import Narrative, literal, narratives, one_line, withheld
from graph.readers.iati.values import Refused, day, decimal, money, percentage
from graph.readers.iati.xml import Element, attribute

PROPERTIES = {"domain": DOMAIN, "response": RESPONSE, "target": TARGET}


class Readers:
    """What reads the parts of the activities of one file."""

    def __init__(self, reading: Reading, scope: Scope, rates: Rates) -> None:
        self.reading = reading
        self.scope = scope
        self.actors = Actors(reading)
        self.places = Places(reading)
        self.sectors = Sectors(reading)
        self.money = Money(reading, self.actors, rates)
        self.relations = Relations(reading)


@dataclass(frozen=True)
class Opened:
    """An activity of which as much was looked at as its scope needs; said and markers as `Scope` has them."""

    element: Element
    parts: dict[str, list[Element]]
    identifier: str
    language: str
    titles: list[Narrative]
    said: frozenset[str]
    markers: dict[str, int]


class Activity:
    """One activity while it is read."""

    def __init__(self, readers: Readers, opened: Opened) -> None:
        self._readers, self._reading = readers, readers.reading
        self._opened, self._parts = opened, opened.parts
        self._slug = escaped(opened.identifier)
        self._node = self._reading.own("programme", self._slug)
        self._stated = self._reading.stated(opened.element, [])
        self._currency = attribute(opened.element, "default-currency")
        self._reporter = ""
        self._held: set[str] = set()
        self._period = Period()
        self._places: dict[Node, None] = {}
        self._around: dict[Node, None] = {}
        self._own: dict[Node, None] = {}
        self._located: dict[Node, None] = {}
        self._sectors: dict[Node, None] = {}
        self._sums: list[Sum] = []

    def state(self) -> list[str]:
        """Everything that the activity states, as lines of N-Triples."""
        self._record()
        words = self._texts()
        self._each("activity-status", self._status)
        self._each(own.STATUS, self._status)
        self._each("activity-date", self._date)
        end, planned = self._period.state(self._node, self._stated)
        if end is not None:
            self._refuse(self._parts["activity-date"][-1], end)
        self._each("recipient-country", self._country)
        self._stated.country = next(iter(self._places)) if len(self._places) == 1 else None
        self._each("recipient-region", self._region)
        self._each("reporting-org", self._report)
        self._each("participating-org", self._participation)
        self._each(own.PARTICIPATING, self._participation)
        self._each("related-activity", self._related)
        self._each("location", self._location)
        self._each("sector", self._sector)
        if own.is_own(self._opened.element):
            self._each("tag", self._tag)
            self._each(own.ACTIVE_ON, self._active)
            self._each(own.BUDGET, self._sum)
        self._each("budget", self._budget)
        self._each("planned-disbursement", self._disbursement)
        self._each("transaction", self._transaction)
        notes = [planned, whole(self._node, self._sums, self._stated, self._readers.money.rates)]
        if any(notes):
            self._stated.add(self._node, NOTE, f"{quoted(' '.join(filter(None, notes)))}@en")
        for place in self._places | self._located:
            self._stated.add(self._node, PLACE, place)
        for sector in self._sectors:
            self._stated.add(self._node, SECTOR, sector)
        self._codes(words)
        return self._stated.lines

    def _each(self, name: str, read: Callable[[Element, int], None]) -> None:
        """Read every element of a name; one that can't be read is logged, the others stay."""
        found = self._parts.get(name)
        if found:
            taken = 0
            for number, element in enumerate(found, start=1):
                try:
                    read(element, number)
                    taken += 1
                except Refused as refused:
                    self._refuse(element, refused)
            self._reading.take(name, taken)

    def _refuse(self, element: Element, refused: Refused) -> None:
        self._reading.refuse(element, refused, self._opened.identifier)

    def _record(self) -> None:
        self._stated.claim(self._node, PROGRAMME)
        self._reading.identify(self._node, self._opened.identifier, self._stated)
        stated_on = day(attribute(self._opened.element, "last-updated-datetime"))
        if stated_on is not None:
            self._stated.add(self._node, STATED_ON, stated_on)
        level = attribute(self._opened.element, "hierarchy")
        if level.isascii() and level.isdigit() and 0 < int(level) < 100:
            self._stated.add(self._node, HIERARCHY, decimal(level))

    def _texts(self) -> list[str]:
        """Titles and descriptions. The first title in the dataset's language is the label, the others are aliases."""
        names = self._free("title", self._opened.titles)
        spoken = self._reading.frame.language
        label = next(
            (name for name in names if name[1] == spoken), names[0] if names else (self._opened.identifier, "")
        )
        self._stated.add(self._node, LABEL, literal((one_line(label[0]), label[1])))
        for name in names:
            if name is not label:
                self._stated.add(self._node, ALIAS, literal((one_line(name[0]), name[1])))
        descriptions = self._parts.get("description", ())
        told = [element for element in descriptions if not own.implied(element)]
        about = self._free("description", narratives(told, self._opened.language))
        for narrative in about:
            self._stated.add(self._node, DESCRIPTION, literal(narrative))
        return [text for text, _ in (*names, *about)]

    def _free(self, name: str, texts: list[Narrative]) -> list[Narrative]:
        """The texts that may be taken; the others are logged, without what they say."""
        free = []
        for text in texts:
            reason = withheld(text[0])
            if reason is None:
                free.append(text)
            else:
                self._refuse(self._parts[name][0], Refused("narrative", "(withheld)", reason))
        self._reading.take(f"{name}/narrative", len(free))
        return free

    def _status(self, element: Element, number: int) -> None:
        code = attribute(element, "code") or (element.text or "").strip()
        status = translated("ActivityStatus").get(STATUSES.get(code.lower(), code))
        if element.tag == own.STATUS:
            status = own.known_code("status", code)
        if status is None:
            raise Refused("@code", code, "a code of the list ActivityStatus")
        if number > 1:
            raise Refused("@code", code, "one status of an activity")
        self._stated.add(self._node, STATUS, status)

    def _date(self, element: Element, number: int) -> None:
        self._period.date(element)

    def _report(self, element: Element, number: int) -> None:
        actor = self._readers.actors.actor(element, self._opened.language, self._stated)
        self._reporter = attribute(element, "ref")
        self._stated.add(self._node, ATTRIBUTED_TO, actor)

    def _participation(self, element: Element, number: int) -> None:
        given = attribute(element, "role")
        role = translated("OrganisationRole").get(ROLES.get(given.lower(), given))
        if element.tag == own.PARTICIPATING:
            role = own.known_code("role", given)
        if role is None:
            raise Refused("@role", given, "a code of the list OrganisationRole")
        actor = self._readers.actors.actor(element, self._opened.language, self._stated)
        slug = f"{self._slug}--{last(actor)}--{last(role)}"
        period = own.periods(element)
        if period and slug in self._held:
            slug += f"--{number}"
        if slug not in self._held:
            self._held.add(slug)
            node = self._reading.own("participation", slug)
            self._stated.claim(node, PARTICIPATION)
            self._stated.add(node, ACTOR, actor)
            self._stated.add(node, OF_PROGRAMME, self._node)
            self._stated.add(node, ROLE, role)
            for property_, bound in period:
                self._stated.add(node, property_, bound)
        other = attribute(element, "activity-id")
        self._readers.relations.participant(self._opened.identifier, other, role, self._stated)

    def _related(self, element: Element, number: int) -> None:
        self._readers.relations.related(element, self._opened.identifier, self._stated)

    def _country(self, element: Element, number: int) -> None:
        self._recipient(element, self._readers.places.country(element), f"country-{number}")

    def _region(self, element: Element, number: int) -> None:
        self._recipient(element, self._readers.places.region(element), f"region-{number}")

    def _recipient(self, element: Element, places: tuple[Node, ...], name: str) -> None:
        if own.implied(element):
            self._around.update(dict.fromkeys(places))
            return
        share = percentage(element)
        self._places.update(dict.fromkeys(places))
        if share is not None and len(places) == 1 and not own.even(element):
            self._allocate(name, PLACE, places[0], share)

    def _location(self, element: Element, number: int) -> None:
        slug = f"{self._slug}--location-{number}"
        place = self._readers.places.location(element, slug, list(self._places or self._around), self._stated)
        self._located[place] = None

    def _sector(self, element: Element, number: int) -> None:
        ours = own.code_of(element)
        if ours is not None:
            self._own[ours] = None
            return
        share = percentage(element)
        sector = self._readers.sectors.sector(element, self._reporter, self._stated)
        self._sectors[sector] = None
        if share is not None:
            self._allocate(f"sector-{number}", SECTOR, sector, share)

    def _tag(self, element: Element, number: int) -> None:
        ours = own.code_of(element)
        if ours is not None:
            self._own[ours] = None

    def _active(self, element: Element, number: int) -> None:
        self._stated.add(self._node, own.ACTIVE, own.date_of(attribute(element, "iso-date")))

    def _sum(self, element: Element, number: int) -> None:
        amount, currency, _ = money(element, self._currency)
        self._stated.add(self._node, BUDGET, decimal(amount))
        self._stated.add(self._node, CURRENCY, quoted(currency))

    def _allocate(self, name: str, property_: Node, to: Node, share: str) -> None:
        node = self._reading.own("allocation", f"{self._slug}--{name}")
        self._stated.claim(node, ALLOCATION)
        self._stated.add(node, OF_PROGRAMME, self._node)
        self._stated.add(node, property_, to)
        self._stated.add(node, PERCENTAGE, decimal(share))

    def _budget(self, element: Element, number: int) -> None:
        self._sums.append(self._line(element, f"budget-{number}"))

    def _disbursement(self, element: Element, number: int) -> None:
        self._line(element, f"planned-disbursement-{number}")

    def _line(self, element: Element, name: str) -> Sum:
        node = self._reading.own("budget-line", f"{self._slug}--{name}")
        line = self._readers.money.budget(element, node, self._currency, self._stated)
        self._stated.add(node, OF_PROGRAMME, self._node)
        return line

    def _transaction(self, element: Element, number: int) -> None:
        node = self._reading.own("transaction", f"{self._slug}--{number}")
        stated = self._reading.stated(element, self._stated.lines)
        stated.country = self._stated.country
        others = self._readers.money.transaction(element, node, self._currency, stated)
        stated.add(node, OF_PROGRAMME, self._node)
        for other in others:
            try:
                self._of_transaction(other)
                self._reading.take(f"transaction/{other.tag}")
            except Refused as refused:
                self._refuse(other, refused)

    def _of_transaction(self, part: Element) -> None:
        """Version 2 may name places and sectors with each transaction rather than with the activity."""
        if part.tag == "sector":
            self._sectors[self._readers.sectors.sector(part, self._reporter, self._stated)] = None
        else:
            places = self._readers.places
            read = places.country if part.tag == "recipient-country" else places.region
            self._places.update(dict.fromkeys(read(part)))

    def _codes(self, words: list[str]) -> None:
        """The domains, responses and targets that title, sectors and markers tell."""
        scope, opened = self._readers.scope, self._opened
        for code in self._own:
            self._stated.add(self._node, _property(code), code)
        if own.is_own(opened.element):
            return
        codes = scope.codes(opened.said, self._sectors, words)
        for code in sorted(codes | scope.targets(opened.markers)):
            self._stated.add(self._node, _property(code), code)


@cache
def _property(code: Node) -> Node:
    return PROPERTIES[code.rsplit("/", 2)[1]]
