"""Planted pairs of efforts: every way to a verdict, each in a district of its own where nobody else works.

A case changes two efforts that would possibly duplicate each other, and names the verdict that follows from the
definitions. No case looks at what another one does, and none is found by the code that is measured.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.benchmarks.dice import Dice
from tests.benchmarks.efforts import Effort, Ledger
from tests.benchmarks.population import Population
from tests.benchmarks.words import name, title

POSSIBLY, COORDINATED, UNDETERMINED, COMPLEMENTARY = (
    "verdict/possibly-duplicating",
    "verdict/coordinated",
    "verdict/undetermined",
    "verdict/complementary",
)
NONE = None
REGION = "place/w-pairs"
DISTRICTS = 40
"""Districts of one planted country; nothing is recorded for the country itself."""


@dataclass
class Scene:
    """Two efforts of strangers in one city, and what a case may use to change them."""

    number: int
    population: Population
    dice: Dice
    district: str
    city: str
    suburb: str
    a: Effort
    b: Effort
    others: list[Effort]
    ties: list[tuple[str, str, str]]

    @property
    def leads(self) -> tuple[str, str]:
        """Who leads the two."""
        return self.a.parts[0][1], self.b.parts[0][1]

    def newcomer(self, letter: str, class_: str = "NonGovernmentalOrganisation", part_of: str | None = None) -> str:
        """An actor that nobody has a tie with and that does nothing else."""
        called = f"{name(self.number * 8 + ord(letter))} {letter.upper()} Group"
        return self.population.actor(f"w-p{self.number}{letter}", class_, called, part_of)

    def lead_by(self, actor: str, other: str) -> None:
        """Let these two lead the efforts."""
        self.a.parts[0], self.b.parts[0] = ("implementing", actor), ("implementing", other)

    def like(self, title: str, lead: str) -> Effort:
        """Another effort in the city with the same codes, without dates."""
        a = self.a
        same = Effort(title, places=[self.city], domains=a.domains, responses=a.responses, targets=a.targets)
        same.parts = [("implementing", lead)]
        return same

    def newcomers(self) -> tuple[str, str]:
        """Let two newcomers lead the efforts."""
        found = self.newcomer("a"), self.newcomer("b")
        self.lead_by(*found)
        return found


Change = Callable[[Scene], object]


def _tie(kind: str, reverse: bool = False) -> Change:
    def change(s: Scene) -> None:
        actor, other = s.newcomers()
        s.ties.append((other, kind, actor) if reverse else (actor, kind, other))

    return change


def _both(**values: object) -> Change:
    def change(s: Scene) -> None:
        for effort in (s.a, s.b):
            for key, value in values.items():
                setattr(effort, key, value)

    return change


def _one(**values: object) -> Change:
    def change(s: Scene) -> None:
        for key, value in values.items():
            setattr(s.b, key, value)

    return change


def _narrower_domain(s: Scene) -> None:
    s.a.domains, s.b.domains = ["drugs"], ["heroin"]


def _finer_besides(s: Scene) -> None:
    s.a.places = [s.city, s.district]


def _agencies_of_one_state(s: Scene) -> None:
    state = s.newcomer("s", "Agency")
    s.lead_by(s.newcomer("a", "Agency", state), s.newcomer("b", "Agency", state))


def _many(s: Scene) -> None:
    s.a.responses, s.b.responses = ["training", "research"], ["training", "legislation"]
    s.a.targets, s.b.targets = ["police", "judiciary"], ["police", "customs"]


def _crowd(s: Scene) -> None:
    for letter in "cdef":
        s.others.append(s.like(f"{s.a.title} {letter}", s.newcomer(letter)))
    s.newcomers()


def _shared_payer(first: str, second: str) -> Change:
    def change(s: Scene) -> None:
        payer = s.dice.pick(s.population.donors)
        s.a.parts[1:], s.b.parts[1:] = [(first, payer)], [(second, payer)]

    return change


def _takes_part(role: str) -> Change:
    return lambda s: s.b.parts.append((role, s.leads[0]))


def _recorded_elsewhere(s: Scene) -> None:
    s.b.elsewhere.append(("funding", s.leads[0]))


def _chain(s: Scene) -> None:
    donor = s.dice.pick(s.population.donors)
    s.a.parts[1:] = [("funding", donor)]
    s.b.parts[1:] = [("extending", s.leads[0])]
    s.b.parent = "a"


def _child(s: Scene) -> None:
    s.b.parent = "a"


def _siblings(s: Scene) -> None:
    s.others.append(Effort(f"Frame of {s.a.title}", parts=[("accountable", s.newcomer("c"))]))
    s.a.parent = s.b.parent = "other"


def _cousins(s: Scene) -> None:
    lead = s.newcomer("c")
    frame = Effort(f"Frame of {s.a.title}", parts=[("accountable", lead)])
    s.others += [frame, Effort(f"Second frame of {s.a.title}", parts=[("accountable", lead)], parent="other")]
    s.a.parent, s.b.parent = "other", "second"


def _units(s: Scene) -> None:
    above = s.newcomer("o", "InternationalOrganisation")
    s.lead_by(s.newcomer("a", "Unit", above), s.newcomer("b", "Unit", above))


def _unit_and_whole(s: Scene) -> None:
    above = s.newcomer("o", "InternationalOrganisation")
    s.lead_by(above, s.newcomer("b", "Unit", above))


def _tie_above(s: Scene) -> None:
    above = s.newcomer("o", "InternationalOrganisation")
    s.lead_by(s.newcomer("a", "Unit", above), s.newcomer("b"))
    s.ties.append((above, "coordinates-with", s.leads[1]))


def _pays_from_above(s: Scene) -> None:
    above = s.newcomer("o", "InternationalOrganisation")
    s.lead_by(s.newcomer("a", "Unit", above), s.leads[1])
    s.b.parts.append(("funding", above))


def _finer(s: Scene) -> None:
    s.a.places = [s.district]


def _akin(s: Scene) -> None:
    s.a.targets, s.b.targets = ["police"], ["law-enforcement"]


def _with(*changes: Change) -> Change:
    def change(s: Scene) -> None:
        for each in changes:
            each(s)

    return change


def _shared_lead(s: Scene) -> None:
    s.b.parts.append(("accountable", s.leads[0]))


def _unled(s: Scene) -> None:
    s.b.parts = [("funding", s.leads[1])]


def _attested(s: Scene) -> None:
    s.a.starts = s.a.ends = None
    s.a.active_on = "2022-03-15"


def _seen_after(s: Scene) -> None:
    _attested(s)
    s.a.ends, s.a.active_on = "2019-12-31", "2019-05-01"


OTHER_TARGET = _with(_both(targets=["police"]), _one(targets=["victims"]))

CASES: dict[str, tuple[str | None, Change]] = {
    "same in other words": (POSSIBLY, _both()),
    "two publishers": (POSSIBLY, _one(by=1)),
    "narrower domain": (POSSIBLY, _narrower_domain),
    "attested day": (POSSIBLY, _attested),
    "no dates": (POSSIBLY, _both(starts=None, ends=None)),
    "years only": (POSSIBLY, _both(starts="2021", ends="2023")),
    "a wider place besides": (POSSIBLY, _finer_besides),
    "hindering tie": (POSSIBLY, _tie("obstructs")),
    "tie of supply": (POSSIBLY, _tie("supplies")),
    "proposed beside active": (POSSIBLY, _one(status="proposed")),
    "several responses and targets": (POSSIBLY, _many),
    "agencies of one whole": (POSSIBLY, _agencies_of_one_state),
    "crowd": (POSSIBLY, _crowd),
    "shared funder": (COORDINATED, _shared_payer("funding", "funding")),
    "funder who also extends": (COORDINATED, _shared_payer("funding", "extending")),
    "lead pays": (COORDINATED, _takes_part("funding")),
    "lead is partner": (COORDINATED, _takes_part("partner")),
    "lead is host": (COORDINATED, _takes_part("host")),
    "lead pays, says the other publisher": (COORDINATED, _recorded_elsewhere),
    "donor, organisation, NGO": (COORDINATED, _chain),
    "parent and child": (COORDINATED, _child),
    "siblings": (COORDINATED, _siblings),
    "cousins": (COORDINATED, _cousins),
    "units of one organisation": (COORDINATED, _units),
    "unit and its organisation": (COORDINATED, _unit_and_whole),
    "tie of the organisation above": (COORDINATED, _tie_above),
    "organisation above pays": (COORDINATED, _pays_from_above),
    "tie the other way round": (COORDINATED, _tie("funds", reverse=True)),
    **{
        f"tie: {kind}": (COORDINATED, _tie(kind))
        for kind in ("coordinates-with", "member-of", "part-of", "funds", "established", "trains", "equips", "protects")
    },
    "target unknown on one side": (UNDETERMINED, _one(targets=[])),
    "target unknown on both": (UNDETERMINED, _both(targets=[])),
    "target unknown, with a link": (UNDETERMINED, _with(_tie("coordinates-with"), _one(targets=[]))),
    "finer place on one side": (UNDETERMINED, _finer),
    "broader target": (UNDETERMINED, _akin),
    "broader target, with a link": (UNDETERMINED, _with(_takes_part("partner"), _akin)),
    "other target": (COMPLEMENTARY, OTHER_TARGET),
    "other target, with a link": (COMPLEMENTARY, _with(_tie("funds"), OTHER_TARGET)),
    "periods apart": (NONE, _one(starts="2010-01-01", ends="2012-06-30")),
    "seen only before": (NONE, _seen_after),
    "ended beside proposed": (NONE, _with(_both(starts=None, ends=None, status="ended"), _one(status="proposed"))),
    "other response": (NONE, _with(_both(responses=["training"]), _one(responses=["research"]))),
    "narrower response": (NONE, _with(_both(responses=["demand-reduction"]), _one(responses=["drug-treatment"]))),
    "other city": (NONE, lambda s: setattr(s.b, "places", [s.suburb])),
    "other domain": (NONE, _with(_both(domains=["drugs"]), _one(domains=["persons"]))),
    "shared lead": (NONE, _shared_lead),
    "refused": (NONE, _one(status="refused")),
    "cancelled": (NONE, _one(status="cancelled")),
    "meeting": (NONE, _one(kind="Meeting")),
    "nobody leads": (NONE, _unled),
    "place unknown": (NONE, _one(places=[])),
    "domain unknown": (NONE, _one(domains=[])),
    "response unknown": (NONE, _one(responses=[])),
}


def plant_pairs(population: Population, ledger: Ledger, count: int, dice: Dice) -> Iterator[dict[str, object]]:
    """Write `count` cases, at least one of each; gives what is true of every pair.

    Rows have case, a, b (a < b as texts) and verdict, which is null where the two do not overlap at all.
    """
    population.place("w-pairs", "Region", ("place/w-world",))
    for number, case in enumerate(list(CASES)[n % len(CASES)] for n in range(max(count, len(CASES)))):
        country = f"w-pc{number // DISTRICTS}"
        if number % DISTRICTS == 0:
            population.place(country, "Country", (REGION,))
        verdict, change = CASES[case]
        scene = _scene(population, dice, number, f"place/{country}")
        change(scene)
        for actor, kind, other in scene.ties:
            population.tie(actor, kind, other)
        yield from _write(scene, ledger, case, verdict)


def _scene(population: Population, dice: Dice, number: int, country: str) -> Scene:
    district = population.place(f"w-pd{number}", "AdministrativeDivision", (country,))
    city = population.place(f"w-pt{number}", "City", (district,))
    suburb = population.place(f"w-ps{number}", "City", (district,))
    domain, response = dice.pick(("drugs", "persons", "arms")), dice.pick(("training", "awareness", "legal-aid"))
    target = dice.pick(("police", "women", "ngos"))
    leads, payers = population.strangers(dice), dice.some(population.donors, 2)
    efforts = []
    for telling, (lead, payer) in enumerate(zip(leads, payers, strict=True)):
        told = title(dice, population.places.names[city], domain, response, target, name(number * 2 + telling), telling)
        year = 2020 + telling
        effort = Effort(told, starts=f"{year}-02-01", ends=f"{year + 3}-01-31", places=[city], domains=[domain])
        effort.responses, effort.targets = [response], [target]
        effort.parts = [("implementing", lead), ("funding", payer)]
        efforts.append(effort)
    return Scene(number, population, dice, district, city, suburb, efforts[0], efforts[1], [], [])


def _write(scene: Scene, ledger: Ledger, case: str, verdict: str | None) -> Iterator[dict[str, object]]:
    frames = [effort for effort in scene.others if not effort.places]
    named: dict[str, str] = {}
    for which, frame in zip(("other", "second"), frames, strict=False):
        frame.parent = named.get(frame.parent or "")
        named[which] = ledger.add(frame)
    for which, effort in (("a", scene.a), ("b", scene.b)):
        effort.parent = named.get(effort.parent or "")
        named[which] = ledger.add(effort)
    here = [scene.a.id, scene.b.id, *(ledger.add(effort) for effort in scene.others if effort.places)]
    for n, one in enumerate(here):
        for other in here[n + 1 :]:
            yield {"case": case, "a": min(one, other), "b": max(one, other), "verdict": verdict}
