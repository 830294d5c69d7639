"""Who and where: places in a hierarchy, and actors with their ties, both used by rank as the world does."""

from dataclasses import dataclass, field

from tests.benchmarks.dice import Dice, Zipf
from tests.benchmarks.ntriples import LABEL, SOURCE, TYPE, Claims, date, number, ref, term, text
from tests.benchmarks.words import name

WITHIN, PART_OF, OF_STATE = term("con:within"), term("con:partOf"), term("con:ofState")
LATITUDE, LONGITUDE = term("con:latitude"), term("con:longitude")
ACTOR, OTHER, KIND = term("con:actor"), term("con:otherActor"), term("con:tieKind")
JOINING = {
    *("coordinates-with", "member-of", "part-of", "funds", "established"),
    *("supports", "trains", "equips", "protects"),
}
"""Kinds of tie that bring two actors together, as graph/questions/parts/together.sql lists them."""

TIES = (
    ("coordinates-with", 0.4), ("funds", 0.2), ("member-of", 0.12), ("supports", 0.06), ("trains", 0.05),
    ("established", 0.04), ("protects", 0.03), ("obstructs", 0.05), ("supplies", 0.05),
)  # fmt: skip
SOURCE_ID = "source/w-register"


@dataclass
class Places:
    """The places that the background uses. `inside` leads from a country to its divisions and cities."""

    regions: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    inside: dict[str, list[str]] = field(default_factory=dict)
    region_of: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


class Population:
    """Places and actors, written to `claims` as they are made."""

    def __init__(self, claims: Claims, programmes: int, seed: int) -> None:
        self.claims = claims
        self.places = Places()
        self.donors: list[str] = []
        self.organisations: list[str] = []
        self.ngos: list[str] = []
        self.units: dict[str, str] = {}
        self.tied: set[tuple[str, str]] = set()
        self.paid_by_tie: set[str] = set()
        self._named = 0
        claims.state(SOURCE_ID, [(TYPE, term("con:Source")), (LABEL, text("Register of places and actors"))])
        self._make_places(programmes, Dice(seed, 1))
        self._make_actors(round(programmes**0.8), Dice(seed, 2))
        self.offices = [*self.units]
        self.some_place = Zipf(len(self.places.countries))
        self.some_donor, self.some_organisation = Zipf(len(self.donors)), Zipf(len(self.organisations))
        self.some_ngo = Zipf(len(self.ngos), 0.8)

    # Places

    def place(self, slug: str, class_: str, within: tuple[str, ...], spot: tuple[float, float] | None = None) -> str:
        """Add a place; returns its id."""
        added, self._named = f"place/{slug}", self._named + 1
        called = name(self._named)
        stated = [(TYPE, term(f"con:{class_}")), (LABEL, text(called)), (SOURCE, ref(SOURCE_ID))]
        stated += [(WITHIN, ref(container)) for container in within]
        if spot:
            stated += [(LATITUDE, number(spot[0])), (LONGITUDE, number(spot[1]))]
        self.claims.state(added, stated)
        self.places.names[added] = called
        return added

    def _make_places(self, programmes: int, dice: Dice) -> None:
        root = self.place("w-world", "Region", ())
        count = min(200, 12 + programmes // 250)
        found = self.places
        for number_ in range(max(4, count // 10)):
            found.regions.append(self.place(f"w-r{number_}", "Region", (root,)))
        for number_ in range(count):
            region = dice.pick(found.regions)
            spot = (round(dice.share() * 120 - 60, 3), round(dice.share() * 360 - 180, 3))
            country = self.place(f"w-c{number_}", "Country", (region,), spot)
            found.countries.append(country)
            found.region_of[country] = region
            found.inside[country] = []
            for part in range(max(2, min(16, programmes // (40 * (number_ + 1))))):
                division = self.place(f"w-c{number_}-d{part}", "AdministrativeDivision", (country,))
                found.inside[country].append(division)
                for city in range(1 + dice.below(min(5, 1 + programmes // 1000))):
                    found.inside[country].append(self.place(f"w-c{number_}-d{part}-t{city}", "City", (division,)))
        for number_ in range(count // 3):
            sides = [dice.pick(found.inside[country]) for country in dice.some(found.countries, 2)]
            found.inside[found.countries[number_]].append(self.place(f"w-x{number_}", "BorderCrossing", tuple(sides)))

    def anywhere(self, dice: Dice) -> str:
        """A place of the background: mostly of a country that much is done in, at any level of the hierarchy."""
        country = self.places.countries[self.some_place.rank(dice)]
        level = dice.share()
        if level < 0.04:
            return self.places.region_of[country]
        return country if level < 0.34 else dice.pick(self.places.inside[country])

    # Actors

    def actor(self, slug: str, class_: str, called: str, part_of: str | None = None, state: str | None = None) -> str:
        """Add an actor; returns its id."""
        added = f"actor/{slug}"
        stated = [(TYPE, term(f"con:{class_}")), (LABEL, text(called)), (SOURCE, ref(SOURCE_ID))]
        if part_of:
            stated.append((PART_OF, ref(part_of)))
        if state:
            stated.append((OF_STATE, ref(state)))
        self.claims.state(added, stated)
        return added

    def _make_actors(self, count: int, dice: Dice) -> None:
        for number_, country in enumerate(self.places.countries):
            called = self.places.names[country]
            state = self.actor(f"w-state{number_}", "State", called, None, country)
            self.donors.append(state)
            self.donors.append(self.actor(f"w-aid{number_}", "Agency", f"{called} Aid", state, country))
        for number_ in range(max(8, count // 20)):
            called = f"{name(700_000 + number_)} Foundation"
            self.donors.append(self.actor(f"w-f{number_}", "Foundation", called))
        for number_ in range(max(10, count // 10)):
            called = f"{name(720_000 + number_)} Organisation"
            self.organisations.append(self.actor(f"w-o{number_}", "InternationalOrganisation", called))
        some = Zipf(len(self.organisations), 0.8)
        for number_ in range(max(6, count // 10)):
            above = self.organisations[some.rank(dice)]
            unit = self.actor(f"w-u{number_}", "Unit", f"Office {name(760_000 + number_)}", above)
            self.units[unit] = above
        for number_ in range(max(40, count * 3 // 4)):
            called = f"{name(800_000 + number_)} Society"
            self.ngos.append(self.actor(f"w-n{number_}", "NonGovernmentalOrganisation", called))
        everybody = [*self.organisations, *self.donors, *self.units, *self.ngos]
        some = Zipf(len(everybody), 0.7)
        stated = set()
        for _ in range(2 * len(everybody)):
            actor, other = everybody[some.rank(dice)], everybody[some.rank(dice)]
            kind = _weighted(dice)
            if actor != other and (actor, kind, other) not in stated:
                stated.add((actor, kind, other))
                self.tie(actor, kind, other)

    def tie(self, actor: str, kind: str, other: str, starts: str | None = None) -> None:
        """Add a tie from `actor` to `other`."""
        added = f"tie/{actor[6:]}-{kind}-{other[6:]}"
        stated = [(TYPE, term("con:Tie")), (ACTOR, ref(actor)), (KIND, ref(f"tie-kind/{kind}")), (OTHER, ref(other))]
        stated.append((SOURCE, ref(SOURCE_ID)))
        if starts:
            stated.append((term("con:starts"), date(starts)))
        self.claims.state(added, stated)
        if kind in JOINING:
            self.tied |= {(actor, other), (other, actor)}
        if kind == "funds":
            self.paid_by_tie.add(other)

    def stand_together(self, actor: str, other: str) -> bool:
        """Whether something is recorded that brings the two together."""
        x, y = {actor, self.units.get(actor, actor)}, {other, self.units.get(other, other)}
        return bool(x & y) or any((a, b) in self.tied for a in x for b in y)

    def lead(self, dice: Dice) -> str:
        """An actor that does things, those at the top more often."""
        level = dice.share()
        if level < 0.35:
            return self.organisations[self.some_organisation.rank(dice)]
        return self.ngos[self.some_ngo.rank(dice)]

    def strangers(self, dice: Dice, count: int = 2, unpaid: bool = False) -> list[str]:
        """Actors of whom no two stand together; `unpaid` ones are funded by nobody's tie."""
        pools = (self.ngos, self.ngos, self.ngos, self.organisations, self.offices)
        found: list[str] = []
        while len(found) < count:
            actor = dice.pick(dice.pick(pools))
            known = any(self.stand_together(actor, other) for other in found)
            if not known and not (unpaid and actor in self.paid_by_tie):
                found.append(actor)
        return found


def _weighted(dice: Dice) -> str:
    left = dice.share()
    for kind, share in TIES:
        left -= share
        if left < 0:
            return kind
    return TIES[0][0]
