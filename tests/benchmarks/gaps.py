"""Planted routes through countries of their own, where it is known how each expected response stands and why."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ontology.vocabulary import concepts, expectations
from tests.benchmarks.background import CARRIED, TODAY, write_flow
from tests.benchmarks.dice import Dice
from tests.benchmarks.efforts import Effort, Ledger
from tests.benchmarks.ntriples import Claims
from tests.benchmarks.population import Population
from tests.benchmarks.words import title

REGION = "place/w-gaps"
ON = TODAY.isoformat()
PAST, PRESENT, FUTURE = ("2012-01-01", "2016-12-31"), ("2022-01-01", "2026-12-31"), ("2025-06-01", "2028-05-31")
ORDER = ("covered", "thin", "planned", "ended", "none-recorded", "no-source")

# How a programme that was planted alone makes its response stand: (without a day, on the day ON).
Standing = tuple[str, str]
NOBODY = ("none", "none")


@dataclass
class Spot:
    """A country on a route with its roles in the flow, and how each expected response stands there.

    coverage  how the datasets cover it, without a day and on the day ON
    """

    country: str
    at: list[str]
    roles: list[str]
    coverage: tuple[bool, bool] = (False, False)
    standing: dict[str, Standing] = field(default_factory=dict)

    def status(self, response: str, on: bool) -> str:
        """Status of the gap, with what the coverage makes of nobody."""
        found = self.standing[response][on]
        return found if found != "none" else "none-recorded" if self.coverage[on] else "no-source"


Plan = Callable[["_Planting"], list[Effort]]


@dataclass
class _Planting:
    population: Population
    dice: Dice
    blank: Callable[[], Effort]

    def effort(self, leads: list[str], payer: bool, **values: object) -> Effort:
        effort = self.blank()
        effort.starts, effort.ends = PRESENT
        effort.parts = [(self.dice.pick(("implementing", "accountable")), lead) for lead in leads]
        if payer:
            effort.parts.append(("funding", self.dice.pick(self.population.donors)))
        for key, value in values.items():
            setattr(effort, key, value)
        return effort

    def who(self, count: int) -> list[str]:
        return self.population.strangers(self.dice, count, unpaid=True)


def _two_programmes(p: _Planting) -> list[Effort]:
    one, other = p.who(2)
    return [p.effort([one], True), p.effort([other], False, by=1)]


def _funded_by_tie(p: _Planting) -> list[Effort]:
    leads = p.who(2)
    payer = p.dice.pick(p.population.donors)
    number_ = len(p.population.paid_by_tie)
    paid = p.population.actor(f"w-g{number_}", "NonGovernmentalOrganisation", f"Group {number_} of the route")
    p.population.tie(payer, "funds", paid)
    return [p.effort([leads[0], paid], False)]


def _with_host(p: _Planting) -> list[Effort]:
    lead, host = p.who(2)
    effort = p.effort([lead], True)
    effort.parts.append(("host", host))
    return [effort]


def _over(p: _Planting, **values: object) -> list[Effort]:
    return [p.effort(p.who(2), True, **values)]


PLANS: dict[str, tuple[Standing, Plan]] = {
    "two actors and a funder": (("covered", "covered"), lambda p: _over(p)),
    "two programmes": (("covered", "covered"), _two_programmes),
    "funded by a tie": (("covered", "covered"), _funded_by_tie),
    "one actor": (("thin", "thin"), lambda p: [p.effort(p.who(1), True)]),
    "no funder": (("thin", "thin"), lambda p: [p.effort(p.who(2), False)]),
    "one actor and a host": (("thin", "thin"), _with_host),
    "proposed": (("planned", "planned"), lambda p: _over(p, status="proposed")),
    "stated to begin later": (
        ("covered", "planned"),
        lambda p: _over(p, status=None, starts=FUTURE[0], ends=FUTURE[1]),
    ),
    "ended": (("ended", "ended"), lambda p: _over(p, status="ended", starts=PAST[0], ends=PAST[1])),
    "suspended": (("ended", "ended"), lambda p: _over(p, status="suspended")),
    "end is past": (("covered", "ended"), lambda p: _over(p, status=None, starts=PAST[0], ends=PAST[1])),
    "seen only before": (
        ("covered", "none"),
        lambda p: _over(p, status=None, starts=None, ends=None, active_on="2015-05-05"),
    ),
    "undated": (("covered", "none"), lambda p: _over(p, status=None, starts=None, ends=None)),
    "refused": (NOBODY, lambda p: _over(p, status="refused")),
    "cancelled": (NOBODY, lambda p: _over(p, status="cancelled")),
    "nobody": (NOBODY, lambda p: []),
    "nobody at all": (NOBODY, lambda p: []),
    "an ended and a proposed one": (
        ("planned", "planned"),
        lambda p: _over(p, status="ended", starts=PAST[0], ends=PAST[1]) + _over(p, status="proposed"),
    ),
}

# Coverage as dataset.yml states it: (which dataset, completeness, until when), or none; the last is of the city only.
COVERAGE: tuple[tuple[int, str, str | None, bool] | None, ...] = (
    None,
    (0, "complete", None, False),
    (0, "partial", None, False),
    (1, "partial", None, False),
    (1, "complete", "2018-12-31", False),
    (0, "complete", None, True),
)


class Expected:
    """What the code lists expect of a place, and which codes are narrower than which."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], list[str]] = defaultdict(list)
        for each in expectations():
            self.of[_slug(each.domain), _slug(each.place_role)].append(_slug(each.response))
        self.broader = {_slug(c.id): [_slug(b) for b in c.broader] for c in concepts() if c.scheme == "response"}

    def above(self, response: str) -> set[str]:
        """The response and all that is broader."""
        return {response}.union(*(self.above(each) for each in self.broader[response]))

    def narrower(self, response: str) -> list[str]:
        """Responses that count for this one, itself first."""
        return [response, *(r for r in self.broader if r != response and response in self.above(r))]


def plant_gaps(
    population: Population, ledger: Ledger, claims: Claims, count: int, dice: Dice
) -> Iterator[tuple[str, dict[str, object]]]:
    """Write `count` routes; gives rows of the truth, each with the list that it belongs to.

    gaps       place, domain, place_role, response, status, status_on (on the day ON)
    corridors  flow, domain, response, route, covered, missing, unsourced, on (null or the day ON)
    coverage   dataset (0 or 1), place, domain, completeness, ends: what dataset.yml has to state
    """
    expected = Expected()
    population.place("w-gaps", "Region", ("place/w-world",))
    plans = list(PLANS)
    turn = seen = 0
    for number in range(count):
        carried = list(CARRIED)[number % len(CARRIED)]
        domain = CARRIED[carried]
        spots = [
            _spot(population, dice, f"{number}-{step}", role)
            for step, role in enumerate(("origin", *["transit"] * dice.below(3), "destination"))
        ]
        if len(spots) > 2 and dice.chance(0.3):
            spots[1].roles.append("destination")
        branch = _spot(population, dice, f"{number}-b", "destination") if dice.chance(0.25) else None
        routes = [spots, [*spots[:-1], branch]] if branch else [spots]
        for spot in [*spots, *([branch] if branch else [])]:
            yield from _cover(spot, domain, COVERAGE[seen % len(COVERAGE)])
            seen += 1
            for response in dict.fromkeys(r for role in spot.roles for r in expected.of[domain, role]):
                turn += 1
                _plant(spot, response, domain, plans[turn % len(plans)], expected, population, ledger, dice)
            for role in spot.roles:
                for response in expected.of[domain, role]:
                    yield "gaps", _gap(spot, domain, role, response)
        flow = f"flow/w-g{number}"
        write_flow(claims, flow, carried, _legs(spots, branch))
        for route in routes:
            for on in (False, True):
                yield from _corridor(flow, domain, route, on, expected)


def _spot(population: Population, dice: Dice, slug: str, role: str) -> Spot:
    area = population.place(f"w-ga{slug}", "Area", (REGION,)) if dice.chance(0.3) else None
    country = population.place(f"w-gc{slug}", "Country", (area or REGION,))
    city = population.place(f"w-gt{slug}", "City", (country,))
    return Spot(country, [country, country, city, area or city], [role])


def _cover(
    spot: Spot, domain: str, chosen: tuple[int, str, str | None, bool] | None
) -> Iterator[tuple[str, dict[str, object]]]:
    if chosen:
        by, completeness, ends, in_part = chosen
        spot.coverage = (True, ends is None)
        place = spot.at[2] if in_part else spot.country
        yield "coverage", {"dataset": by, "place": place, "domain": domain, "completeness": completeness, "ends": ends}


def _plant(
    spot: Spot,
    response: str,
    domain: str,
    plan: str,
    expected: Expected,
    population: Population,
    ledger: Ledger,
    dice: Dice,
) -> None:
    """Let a response stand as the plan has it. One that counts for another expected one is left to nobody."""
    here = {r for role in spot.roles for r in expected.of[domain, role]}
    if len(expected.above(response) & here) > 1:
        plan = "nobody"
    standing, make = PLANS[plan]
    spot.standing[response] = standing
    code = dice.pick([response, *(r for r in expected.narrower(response) if r not in here)])
    narrow = dice.pick([domain, *(c for c, top in CARRIED.items() if top == domain)])

    def blank() -> Effort:
        place = dice.pick(spot.at)
        told = title(dice, population.places.names[place], narrow, code, None, None)
        return Effort(told, by=dice.below(2), places=[place], domains=[narrow], responses=[code])

    for effort in make(_Planting(population, dice, blank)):
        ledger.add(effort)


def _gap(spot: Spot, domain: str, role: str, response: str) -> dict[str, object]:
    return {
        "place": spot.country,
        "domain": f"domain/{domain}",
        "place_role": f"place-role/{role}",
        "response": f"response/{response}",
        "status": f"gap-status/{spot.status(response, False)}",
        "status_on": f"gap-status/{spot.status(response, True)}",
    }


def _legs(spots: list[Spot], branch: Spot | None) -> list[tuple[str, str, str | None]]:
    legs: list[tuple[str, str, str | None]] = []
    for spot, onward in zip(spots, [*spots[1:], None], strict=True):
        legs.append((spot.country, spot.roles[0], onward.country if onward else None))
        legs += [(spot.country, role, None) for role in spot.roles[1:]]
    if branch:
        legs.append((spots[-2].country, spots[-2].roles[0], branch.country))
        legs.append((branch.country, "destination", None))
    return legs


def _corridor(
    flow: str, domain: str, route: list[Spot], on: bool, expected: Expected
) -> Iterator[tuple[str, dict[str, object]]]:
    responses = {r for spot in route for role in spot.roles for r in expected.of[domain, role]}
    for response in sorted(responses):
        found: dict[str, list[str]] = {"covered": [], "missing": [], "unsourced": []}
        for spot in route:
            if response in spot.standing:
                status = spot.status(response, on)
                kind = (
                    "covered" if status in ("covered", "thin") else "unsourced" if status == "no-source" else "missing"
                )
                found[kind].append(spot.country)
        if found["covered"] and (found["missing"] or found["unsourced"]):
            yield (
                "corridors",
                {
                    "flow": flow,
                    "domain": f"domain/{domain}",
                    "response": f"response/{response}",
                    "route": [spot.country for spot in route],
                    **found,
                    "on": ON if on else None,
                },
            )


def _slug(id: str) -> str:
    return id.partition("/")[2]
