"""Efforts that two publishers report in different words, and neighbours that only look as if they did.

Those that name each other by identifiers are in `named.py`.
"""

from collections.abc import Callable, Iterator
from copy import copy
from datetime import date, timedelta

from tests.benchmarks.background import Background
from tests.benchmarks.dice import Dice
from tests.benchmarks.efforts import Effort, Ledger
from tests.benchmarks.named import plant_named
from tests.benchmarks.population import Population
from tests.benchmarks.retold import abbreviated, mistyped, reordered, translated
from tests.benchmarks.words import name, title

Change = Callable[[Effort, Dice, Population], object]
RATES = {"EUR": 0.92, "CHF": 0.88, "USD": 1.0}


def _shifted(effort: Effort, days: int) -> None:
    for bound in ("starts", "ends"):
        day = getattr(effort, bound)
        if day and len(day) == 10:
            setattr(effort, bound, (date.fromisoformat(day) + timedelta(days=days)).isoformat())


def _days(effort: Effort, dice: Dice, _: Population) -> None:
    _shifted(effort, dice.below(40) - 20)


def _year_only(effort: Effort, _: Dice, __: Population) -> None:
    effort.starts, effort.ends = (effort.starts or "")[:4] or None, (effort.ends or "")[:4] or None


def _currency(effort: Effort, dice: Dice, _: Population) -> None:
    if effort.budget:
        effort.currency = dice.pick(("USD", "EUR", "CHF"))
        effort.budget = round(effort.budget * RATES[effort.currency] * (0.97 + dice.share() * 0.06), -2)


def _no_budget(effort: Effort, _: Dice, __: Population) -> None:
    effort.budget = None


def _wider_place(effort: Effort, _: Dice, __: Population) -> None:
    country = effort.places[0].split("-d")[0]
    effort.places = [country]


def _no_target(effort: Effort, _: Dice, __: Population) -> None:
    effort.targets = []


def _fewer_responses(effort: Effort, _: Dice, __: Population) -> None:
    effort.responses = effort.responses[:1]


def _broader_domain(effort: Effort, _: Dice, __: Population) -> None:
    broader = {"heroin": "drugs", "opium": "drugs", "small-arms": "arms", "forced-labour": "persons"}
    effort.domains = list(dict.fromkeys(broader.get(domain, domain) for domain in effort.domains))


def _without_funder(effort: Effort, _: Dice, __: Population) -> None:
    effort.parts = [part for part in effort.parts if part[0] != "funding"]


def _own_share(effort: Effort, dice: Dice, _: Population) -> None:
    """The donor records what it gave, not what the whole costs."""
    if effort.budget:
        effort.budget = round(effort.budget * (0.2 + dice.share() * 0.7), -2)


def _donor_accountable(effort: Effort, _: Dice, __: Population) -> None:
    effort.parts = [*effort.parts, *(("accountable", actor) for role, actor in effort.parts if role == "funding")]


def _another_funder(effort: Effort, dice: Dice, population: Population) -> None:
    effort.parts = [*effort.parts, ("funding", population.donors[population.some_donor.rank(dice)])]


def _without_lead(effort: Effort, _: Dice, __: Population) -> None:
    effort.parts = [part for part in effort.parts if part[0] != "implementing"]


def _no_place(effort: Effort, _: Dice, __: Population) -> None:
    effort.places = []


def _no_end(effort: Effort, _: Dice, __: Population) -> None:
    effort.ends = None


def _no_dates(effort: Effort, _: Dice, __: Population) -> None:
    effort.starts = effort.ends = None


def _words(change: Callable[[str, Dice], str]) -> Change:
    def changed(effort: Effort, dice: Dice, _: Population) -> None:
        effort.title = change(effort.title, dice)

    return changed


CHANGES: dict[str, tuple[float, Change]] = {
    "days": (0.3, _days),
    "year only": (0.15, _year_only),
    "currency": (0.4, _currency),
    "no budget": (0.15, _no_budget),
    "wider place": (0.15, _wider_place),
    "no target": (0.25, _no_target),
    "fewer responses": (0.3, _fewer_responses),
    "broader domain": (0.2, _broader_domain),
    "without funder": (0.15, _without_funder),
    "own share": (0.2, _own_share),
    "donor accountable": (0.2, _donor_accountable),
    "another funder": (0.1, _another_funder),
    "without lead": (0.05, _without_lead),
    "no place": (0.05, _no_place),
    "no end": (0.1, _no_end),
    "no dates": (0.05, _no_dates),
    "translated": (0.2, _words(translated)),
    "abbreviated": (0.1, _words(abbreviated)),
    "reordered": (0.15, _words(reordered)),
    "mistyped": (0.15, _words(mistyped)),
}
"""What the second telling changes, with the share of efforts that it changes. Later ones see what earlier ones did."""

OWN_NAME = 0.6
"""Share of double reports that keep the programme's own name in both titles."""

SAME_WORDS = 0.35
"""Share of double reports whose second title takes its words from the same list, in whatever order it has them."""


def plant_doubles(population: Population, ledger: Ledger, count: int, dice: Dice) -> Iterator[dict[str, object]]:
    """Write `count` efforts twice, by world-a and by world-b, and a third as many that only look alike.

    Rows have a, b (records of world-a and world-b), double, named (whether identifiers bear on it) and what was
    changed. Both stand among the background. The two records share their lead where both tell of one, so that they
    are no overlap of different leads before they are recognised.
    """
    background = Background(population, dice)
    for number in range(count):
        first = _first(background, population, dice, number)
        a = ledger.add(first)
        mine = ledger.programmes
        second, changed = _retold(first, population, dice)
        yield {"a": a, "b": ledger.add(second, same_as=mine), "double": True, "named": False, "changed": changed}
        if number % 3 == 0:
            neighbour, changed = _neighbour(first, population, dice, number)
            yield {"a": a, "b": ledger.add(neighbour), "double": False, "named": False, "changed": changed}
    for number, plant in enumerate(plant_named(ledger, max(1, count // 20))):
        first = _first(background, population, dice, count + number)
        yield from plant(first, lambda effort: _retold(effort, population, dice))


def _first(background: Background, population: Population, dice: Dice, number: int) -> Effort:
    effort = background.effort()
    country = population.places.countries[population.some_place.rank(dice)]
    effort.by, effort.kind, effort.parent, effort.elsewhere = 0, "Project", None, []
    effort.places = [dice.pick([place for place in population.places.inside[country] if "-d" in place])]
    effort.domains, effort.responses = effort.domains or ["drugs"], effort.responses or ["training"]
    start = date(2008, 1, 1) + timedelta(days=dice.below(5000))
    effort.status, effort.active_on = "ended", None
    effort.starts, effort.ends = start.isoformat(), (start + timedelta(days=200 + dice.below(900))).isoformat()
    effort.budget = round(10 ** (4 + dice.share() * 3), -3)
    effort.parts = [
        ("implementing", population.lead(dice)),
        ("funding", population.donors[population.some_donor.rank(dice)]),
    ]
    effort.description = None
    own = name(500_000 + number) if dice.chance(0.8) else None
    effort.title = _told(effort, population, dice, own, 0)
    return effort


def _retold(first: Effort, population: Population, dice: Dice) -> tuple[Effort, list[str]]:
    second = copy(first)
    second.by, second.id = 1, ""
    own = first.title.rpartition("(")[2].rstrip(")") if first.title.endswith(")") and dice.chance(OWN_NAME) else None
    changed = [called for called, (share, _) in CHANGES.items() if dice.chance(share)]
    second.title = _told(first, population, dice, own, 0 if dice.chance(SAME_WORDS) else 1)
    if second.title == first.title:
        second.title = _told(first, population, dice, own, 1)
    for called in changed:
        CHANGES[called][1](second, dice, population)
    return second, changed


def _neighbour(first: Effort, population: Population, dice: Dice, number: int) -> tuple[Effort, list[str]]:
    """The next phase, the same elsewhere, or the same donor's other grantee."""
    near = copy(first)
    near.by, near.id = 1, ""
    kind = ("next phase", "other place", "other lead")[number // 3 % 3]
    if kind == "next phase":
        days = (date.fromisoformat(first.ends or "") - date.fromisoformat(first.starts or "")).days
        _shifted(near, days + 30)
        near.title = f"{first.title}, second phase"
    elif kind == "other place":
        spots = [place for inside in population.places.inside.values() for place in inside if "-d" in place]
        near.places = [dice.pick([place for place in dice.some(spots, 2) if place != first.places[0]])]
        near.title = _told(near, population, dice, None, 1)
    else:
        near.parts = [("implementing", population.strangers(dice, 1)[0]), first.parts[1]]
        near.title = _told(near, population, dice, None, 1)
    near.budget = round(10 ** (4 + dice.share() * 3), -3)
    return near, [kind]


def _told(effort: Effort, population: Population, dice: Dice, own: str | None, telling: int) -> str:
    target = effort.targets[0] if effort.targets else None
    place = population.places.names[effort.places[0]]
    return title(dice, place, effort.domains[0], effort.responses[0], target, own, telling)
