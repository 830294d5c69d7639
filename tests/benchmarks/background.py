"""What fills the world around what was planted: programmes, flows and figures as unevenly spread as real ones."""

from collections import deque
from datetime import date, timedelta

from tests.benchmarks.dice import Dice, Zipf
from tests.benchmarks.efforts import Effort
from tests.benchmarks.ntriples import SOURCE, TYPE, Claims, number, ref, term, text
from tests.benchmarks.population import Population
from tests.benchmarks.words import DOMAINS, RESPONSES, TARGETS, name, title

TODAY = date(2024, 6, 30)
FIRST_DAY = date(2000, 1, 1)
CROWD = 0.02
"""Share of all programmes that stand in one place, for one domain with one response."""

CODES = [*DOMAINS], [*RESPONSES], [*TARGETS]
SOME_DOMAIN, SOME_RESPONSE, SOME_TARGET = (Zipf(len(codes)) for codes in CODES)


class Background:
    """Draws efforts that look like real ones, with all that sources leave out."""

    def __init__(self, population: Population, dice: Dice) -> None:
        self._population = population
        self._dice = dice
        self._crowded = population.places.inside[population.places.countries[0]][0]
        self._recent: deque[tuple[str, str]] = deque(maxlen=200)

    def effort(self) -> Effort:
        """One programme with its participations."""
        dice = self._dice
        domains = _codes(dice, 0, SOME_DOMAIN, (0.02, 0.80))
        responses = _codes(dice, 1, SOME_RESPONSE, (0.05, 0.60))
        targets = _codes(dice, 2, SOME_TARGET, (0.35, 0.70))
        if dice.chance(CROWD):
            places, domains, responses = [self._crowded], ["drugs"], ["training"]
        else:
            places = [] if dice.chance(0.04) else [self._population.anywhere(dice)]
            while places and dice.chance(0.18):
                place = self._population.anywhere(dice)
                places += [place] if place not in places else []
        own = name(dice.below(1 << 20)) if dice.chance(0.6) else None
        effort = Effort(
            title=title(
                dice,
                self._population.places.names[places[0]] if places else "",
                _first(domains),
                _first(responses),
                _first(targets),
                own,
                dice.below(2),
            ),
            by=int(dice.chance(0.2)),
            kind=_kind(dice),
            places=places,
            domains=domains,
            responses=responses,
            targets=targets,
        )
        dated(effort, dice)
        self._staff(effort)
        if dice.chance(0.5):
            effort.budget = round(10 ** (4 + dice.share() * 3), -3)
            effort.currency = dice.pick(("USD", "USD", "USD", "EUR", "EUR", "CHF"))
        if dice.chance(0.3):
            effort.description = f"{effort.title}. Agreed with the authorities; report {dice.below(900)}."
        return effort

    def remember(self, effort: Effort) -> None:
        """Let a later effort be a part of this one."""
        if effort.parts:
            self._recent.append((effort.id, effort.parts[0][1]))

    def _staff(self, effort: Effort) -> None:
        dice, population = self._dice, self._population
        lead = population.lead(dice)
        parts = [("implementing", lead)] if dice.chance(0.97) else []
        if dice.chance(0.15):
            parts.append(("implementing", population.lead(dice)))
        if dice.chance(0.25):
            above = population.organisations[population.some_organisation.rank(dice)]
            parts.append((dice.pick(("accountable", "accountable", "extending")), above))
        paid = dice.share()
        for _ in range(0 if paid < 0.25 else 1 if paid < 0.88 else 2):
            payer = ("funding", population.donors[population.some_donor.rank(dice)])
            (effort.elsewhere if dice.chance(0.05) else parts).append(payer)
        if dice.chance(0.12):
            parts.append((dice.pick(("partner", "host")), population.lead(dice)))
        if self._recent and dice.chance(0.06):
            effort.parent, above = dice.pick(self._recent)
            parts.append(("funding", above))
        effort.parts = list(dict.fromkeys(parts))


def dated(effort: Effort, dice: Dice) -> None:
    """Give the effort a period and a status that fits, and leave out what sources often do."""
    start = FIRST_DAY + timedelta(days=dice.below(24 * 365))
    end = start + timedelta(days=60 + dice.below(1800))
    known, told = dice.share(), dice.share()
    effort.status = (
        "proposed" if start > TODAY or told < 0.04
        else "refused" if told < 0.05
        else "cancelled" if told < 0.06
        else "suspended" if told < 0.07
        else None if told < 0.17
        else "ended" if end < TODAY
        else "active"
    )  # fmt: skip
    if known < 0.55:
        effort.starts, effort.ends = start.isoformat(), end.isoformat()
    elif known < 0.65:
        effort.starts, effort.ends = str(start.year), str(end.year)
    elif known < 0.70:
        effort.starts, effort.ends = start.isoformat()[:7], end.isoformat()[:7]
    elif known < 0.78:
        effort.starts = start.isoformat()
    elif known < 0.81:
        effort.ends = end.isoformat()
    elif known < 0.92:
        effort.active_on = (start + (end - start) / 2).isoformat()


def _codes(dice: Dice, which: int, some: Zipf, until: tuple[float, float]) -> list[str]:
    told = dice.share()
    count = 0 if told < until[0] else 1 if told < until[1] else 2 if told < 0.95 else 3
    return list(dict.fromkeys(CODES[which][some.rank(dice)] for _ in range(count)))


def _first(codes: list[str]) -> str | None:
    return codes[0] if codes else None


def _kind(dice: Dice) -> str:
    told = dice.share()
    return "Project" if told < 0.65 else "Programme" if told < 0.85 else "Training" if told < 0.97 else "Meeting"


TOP = {"persons": "PersonsFlow", "drugs": "DrugsFlow", "arms": "ArmsFlow"}
CARRIED = {
    **dict.fromkeys(("persons", "sexual-exploitation", "forced-labour"), "persons"),
    **dict.fromkeys(("drugs", "heroin", "opium"), "drugs"),
    **dict.fromkeys(("arms", "small-arms"), "arms"),
}


def write_flow(claims: Claims, id: str, carried: str, legs: list[tuple[str, str, str | None]]) -> None:
    """A flow of the domain `carried` with legs (place, role, next place)."""
    source = (SOURCE, ref("source/dataset-world-a"))
    stated = [(TYPE, term(f"con:{TOP[CARRIED[carried]]}")), (term("rdfs:label"), text(f"Flow {id[5:]}")), source]
    claims.state(id, [*stated, (term("con:domain"), ref(f"domain/{carried}"))])
    for number_, (place, role, onward) in enumerate(legs):
        stated = [(TYPE, term("con:Leg")), (term("con:flow"), ref(id)), (term("con:place"), ref(place)), source]
        stated.append((term("con:placeRole"), ref(f"place-role/{role}")))
        if onward:
            stated.append((term("con:nextPlace"), ref(onward)))
        claims.state(f"leg/{id[5:]}-{number_}", stated)


def write_traffic(claims: Claims, population: Population, programmes: int, dice: Dice) -> None:
    """Flows over the places of the background, with figures, drivers and mandates."""
    source, countries = (SOURCE, ref("source/dataset-world-a")), population.places.countries
    for flow in range(max(4, programmes // 2000)):
        route = [countries[population.some_place.rank(dice)] for _ in range(2 + dice.below(3))]
        route = list(dict.fromkeys(route))
        roles = ["origin", *["transit"] * (len(route) - 2), *["destination"] * (len(route) > 1)]
        write_flow(
            claims, f"flow/w-{flow}", dice.pick([*CARRIED]), list(zip(route, roles, [*route[1:], None], strict=True))
        )
    for seen in range(max(10, programmes // 100)):
        low = float(10 + dice.below(5000))
        stated = [(TYPE, term("con:Observation")), source, (term("con:measure"), ref("measure/seizures"))]
        stated += [(term("con:unit"), ref("unit/kilogram")), (term("con:low"), number(low))]
        stated += [(term("con:high"), number(low * 2)), (term("con:place"), ref(population.anywhere(dice)))]
        stated += [
            (term("con:domain"), ref("domain/heroin")),
            (term("con:starts"), f'"{2000 + dice.below(24)}"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ]
        claims.state(f"observation/w-{seen}", [*stated, (term("dct:description"), text("Seized in the year."))])
    for felt in range(max(10, programmes // 500)):
        stated = [(TYPE, term("con:Influence")), source, (term("con:place"), ref(population.anywhere(dice)))]
        stated.append((term("con:driver"), ref(f"driver/{dice.pick(('poverty', 'corruption', 'conflict', 'demand'))}")))
        stated.append((term("con:domain"), ref(f"domain/{dice.pick([*TOP])}")))
        claims.state(f"influence/w-{felt}", [*stated, (term("dct:description"), text("Said to drive it."))])
    for task, actor in enumerate(population.organisations):
        stated = [(TYPE, term("con:Mandate")), source, (term("con:actor"), ref(actor))]
        stated += [
            (term("con:mandateLevel"), ref("mandate-level/leads")),
            (term("con:domain"), ref(f"domain/{dice.pick([*TOP])}")),
        ]
        claims.state(f"mandate/w-{task}", stated)
