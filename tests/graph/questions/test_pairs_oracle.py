"""Overlaps, possible duplication and who should meet, against every pair compared by hand in plain Python."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

CONTAINERS: dict[str, list[str]] = {
    "globe": [],
    "region": ["globe"],
    "bloc": ["globe"],
    "east": ["region"],
    "west": ["region", "bloc"],
    "north": ["bloc"],
}
CONTAINERS |= {"valley": ["east"], "city": ["valley"], "port": ["west"]}
PLACES = [*CONTAINERS]
KINDS = {"east": "Country", "west": "Country", "north": "Country", "valley": "AdministrativeDivision", "city": "City"}
BROADER = {"heroin": "drugs", "forced-labour": "persons", "training": "prosecution", "interdiction": "prosecution"}
BROADER |= {"equipment": "interdiction", "police": "law-enforcement", "customs": "law-enforcement"}
UNIT_OF = {"office": "agency", "desk": "office", "bureau": "union"}
WITHIN = UNIT_OF | {"ministry": "state", "service": "state"}
CLASSES = {"agency": "InternationalOrganisation", "union": "InternationalOrganisation", "state": "State"}
CLASSES |= {"ministry": "Agency", "service": "Agency"} | dict.fromkeys(UNIT_OF, "Unit")
ACTORS = [*CLASSES, "charity", "foundation"]
LEADING = ("implementing", "accountable")
JOINING = (
    "coordinates-with",
    "member-of",
    "part-of",
    "funds",
    "established",
    "supports",
    "trains",
    "equips",
    "protects",
)
WEIGHTS = {"responses": 0.4, "targets": 0.4, "domains": 0.2}

# A world takes most of a second to load, so few are drawn, each with many pairs, and a failing one is not made smaller.
few = settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def built(seed: int) -> dict[str, list[dict[str, str]]]:
    """Sheets of sixteen programmes that are likely to meet, to be linked and to be told apart by little."""
    draw = random.Random(seed)

    def some(*codes: str) -> str:
        found = draw.sample(codes, draw.choice([1, 1, 1, 2])) if draw.random() < 0.92 else []
        return ";".join(dict.fromkeys(found))

    programmes: list[dict[str, str]] = []
    parts, ties = {}, {}
    for number in range(16):
        days = sorted(date(2000, 1, 1) + timedelta(draw.randrange(1400)) for _ in range(3))
        days = [day.isoformat() if draw.random() < 0.6 else "" for day in days]
        programmes.append(
            {
                "id": f"p{number:02}",
                "class": draw.choice(["Programme", "Project", "Project", "Project", "Training", "Meeting"]),
                "name": f"Programme {number}",
                "status": draw.choice(["active", "active", "active", "active", "", "proposed", "ended", "refused"]),
                "starts": days[0],
                "active_on": days[1],
                "ends": days[2],
                "places": some(*PLACES, "valley", "east", "valley"),
                "domains": some("drugs", "drugs", "heroin", "persons", "forced-labour"),
                "responses": some("training", "training", "training", "interdiction", "equipment"),
                "targets": some("police", "police", "police", "customs", "law-enforcement", "victims"),
                "parent": draw.choice(["", "", "", "", *(row["id"] for row in programmes)])
                if draw.random() < 0.2
                else "",
            }
        )
        for role in (
            "implementing",
            *draw.sample(["accountable", "funding", "partner", "extending"], draw.randint(0, 2)),
        ):
            key = (draw.choice(ACTORS), f"p{number:02}", role)
            parts[key] = dict(zip(("actor", "programme", "role"), key, strict=True))
    hostile = ("obstructs", "refuses-access", "colludes-with", "supplies")
    for _ in range(draw.randint(2, 10)):
        x, y = draw.sample(ACTORS, 2)
        key = (x, draw.choice([*JOINING, *hostile, *hostile]), y)
        ties[key] = dict(zip(("actor", "kind", "other"), key, strict=True))
    return fixed() | {"programmes": programmes, "participations": [*parts.values()], "ties": [*ties.values()]}


worlds = st.integers(0, 2**32).map(built)


def fixed() -> dict[str, list[dict[str, str]]]:
    return {
        "places": [
            {
                "id": place,
                "name": place,
                "class": KINDS.get(place, "Region"),
                "within": ";".join(CONTAINERS[place]),
            }
            for place in PLACES
        ],
        "actors": [
            {
                "id": actor,
                "name": actor,
                "class": CLASSES.get(actor, "Organisation"),
                "part_of": WITHIN.get(actor, ""),
                "state": "east" if actor == "state" else "",
            }
            for actor in ACTORS
        ],
    }


# The oracle: one pair at a time, from the rows of the sheets.


def up(code: str) -> set[str]:
    return {code} | (up(BROADER[code]) if code in BROADER else set())


def steps(place: str, container: str) -> int | None:
    """How many steps out `container` lies from `place`, if it holds it."""
    if place == container:
        return 0
    found = [steps(outer, container) for outer in CONTAINERS[place]]
    return min((n + 1 for n in found if n is not None), default=None)


def apart(x: str, y: str) -> int | None:
    found = [n for n in (steps(x, y), steps(y, x)) if n is not None]
    return min(found, default=None)


def jaccard(x: list[str], y: list[str]) -> float | None:
    if not x or not y:
        return None
    a, b = set().union(*map(up, x)), set().union(*map(up, y))
    return len(a & b) / len(a | b)


def values(row: dict[str, str], column: str) -> list[str]:
    return [value for value in row[column].split(";") if value]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def houses(actor: str) -> set[str]:
    return {actor} | (houses(UNIT_OF[actor]) if actor in UNIT_OF else set())


def holders(actor: str) -> set[str]:
    return {actor} | (holders(WITHIN[actor]) if actor in WITHIN else set())


def stand_together(x: str, y: str, ties: list[dict[str, str]]) -> bool:
    hands = [{tie["actor"], tie["other"]} for tie in ties if tie["kind"] in JOINING]
    tied = any({a, b} in hands for a in houses(x) for b in houses(y))
    one_house = (houses(x) - {x}) & (houses(y) - {y})
    return tied or bool(one_house) or y in holders(x) or x in holders(y)


class Oracle:
    def __init__(self, sheets: dict[str, list[dict[str, str]]]) -> None:
        self.programmes = {row["id"]: row for row in sheets["programmes"]}
        self.parts = sheets["participations"]
        self.ties = sheets["ties"]

    def actors(self, programme: str, *roles: str) -> set[str]:
        return {p["actor"] for p in self.parts if p["programme"] == programme and (not roles or p["role"] in roles)}

    def family(self, programme: str) -> set[str]:
        parent = self.programmes[programme]["parent"]
        return {programme} | (self.family(parent) if parent else set())

    def linked(self, a: str, b: str) -> bool:
        joined = any(
            houses(lead) & self.actors(other, "funding", "partner", "extending", "host")
            for one, other in ((a, b), (b, a))
            for lead in self.actors(one, *LEADING)
        )
        paid = self.actors(a, "funding", "extending") & self.actors(b, "funding", "extending")
        known = any(stand_together(x, y, self.ties) for x in self.actors(a, *LEADING) for y in self.actors(b, *LEADING))
        return joined or bool(paid) or bool(self.family(a) & self.family(b)) or known

    def overlaps(self) -> dict[tuple[str, str], dict[str, Any]]:
        found = {}
        for a, b in combinations(sorted(self.programmes), 2):
            terms = self.compare(self.programmes[a], self.programmes[b])
            if terms:
                found[a, b] = terms
        return found

    def compare(self, a: dict[str, str], b: dict[str, str]) -> dict[str, Any] | None:
        for one in (a, b):
            if one["class"] == "Meeting" or one["status"] == "refused" or not self.actors(one["id"], *LEADING):
                return None
        if self.actors(a["id"], *LEADING) & self.actors(b["id"], *LEADING):
            return None
        near = {(x, y): apart(x, y) for x in values(a, "places") for y in values(b, "places")}
        kin = any(x in up(y) or y in up(x) for x in values(a, "domains") for y in values(b, "domains"))
        if not kin or not set(values(a, "responses")) & set(values(b, "responses")):
            return None
        if all(n is None for n in near.values()):
            return None
        times = self.periods(a, b)
        if times is False:
            return None
        known = {column: jaccard(values(a, column), values(b, column)) for column in WEIGHTS}
        weight = sum(w for column, w in WEIGHTS.items() if known[column] is not None)
        alike = sum(w * known[column] for column, w in WEIGHTS.items() if known[column] is not None)
        g = max(self.inside(a, b), self.inside(b, a))
        return {
            "g": g,
            "tau": times,
            "response_jaccard": known["responses"],
            "target_jaccard": known["targets"],
            "domain_jaccard": known["domains"],
            "known": weight,
            "score": g * (1 if times is None else times) * alike / weight,
            "verdict": self.verdict(a, b),
            "leads": sorted(self.actors(a["id"], *LEADING)),
            "other_leads": sorted(self.actors(b["id"], *LEADING)),
        }

    def inside(self, one: dict[str, str], other: dict[str, str]) -> float:
        total = 0.0
        for x in values(one, "places"):
            steps_ = [n for y in values(other, "places") if (n := apart(x, y)) is not None]
            total += 1 / (1 + min(steps_)) if steps_ else 0
        return total / len(values(one, "places"))

    def periods(self, a: dict[str, str], b: dict[str, str]) -> float | bool | None:
        """Share of the shorter period; None where unknown; False where they cannot have met."""
        for x, y in ((a, b), (b, a)):
            if x["ends"] and y["starts"] and x["ends"] < y["starts"]:
                return False
        spans = []
        for row in (a, b):
            start = day(row["starts"] or row["active_on"] or row["ends"])
            end = day(row["ends"] or row["active_on"] or row["starts"])
            spans.append((start, end))
        if all(start and end for start, end in spans):
            first, last = max(s for s, _ in spans), min(e for _, e in spans)
            if first <= last:
                return ((last - first).days + 1) / min((e - s).days + 1 for s, e in spans)
        return False if {a["status"], b["status"]} == {"ended", "proposed"} else None

    def verdict(self, a: dict[str, str], b: dict[str, str]) -> str:
        x, y = values(a, "targets"), values(b, "targets")
        if not x or not y:
            return "undetermined"
        if not any(s in up(t) or t in up(s) for s in x for t in y):
            return "complementary"
        all_places = values(a, "places") + values(b, "places")
        same = [
            p
            for p in set(values(a, "places")) & set(values(b, "places"))
            if not any(q != p and steps(q, p) is not None for q in all_places)
        ]
        if not same or not set(x) & set(y):
            return "undetermined"
        return "coordinated" if self.linked(a["id"], b["id"]) else "possibly-duplicating"

    def should_meet(self) -> dict[tuple[str, str], list[float]]:
        running = [p for p, row in self.programmes.items() if row["status"] not in ("proposed", "refused")]
        found: dict[tuple[str, str], list[float]] = {}
        for terms in self.overlaps().values():
            for x in terms["leads"]:
                for y in terms["other_leads"]:
                    met = any({x, y} <= self.actors(p) for p in running)
                    if not met and not stand_together(x, y, self.ties):
                        found.setdefault((min(x, y), max(x, y)), []).append(terms["score"])
        return found


TERMS = ("g", "tau", "response_jaccard", "target_jaccard", "domain_jaccard", "known", "score")


@settings(few, max_examples=10)
@given(sheets=worlds)
def test_every_pair_is_the_one_that_comparing_all_of_them_gives(sheets: Any, drawn: Any, rows: Any) -> None:
    world = drawn(sheets)
    expected = Oracle(sheets).overlaps()
    found = {(row["programme"], row["other"]): row for row in rows(world, "overlaps")}
    assert found.keys() == expected.keys()
    for pair, terms in expected.items():
        for term in TERMS:
            wanted = terms[term] if terms[term] is None else pytest.approx(terms[term], abs=6e-5)
            assert found[pair][term] == wanted, (pair, term)
        for column in ("verdict", "leads", "other_leads"):
            assert found[pair][column] == terms[column], (pair, column)
        assert bool(found[pair]["links"]) == Oracle(sheets).linked(*pair)
    judged = {(row["programme"], row["other"]): row["verdict"] for row in rows(world, "possible-duplication")}
    assert judged == {pair: t["verdict"] for pair, t in expected.items() if t["verdict"] != "complementary"}
    meeting = {(row["actor"], row["other"]): row for row in rows(world, "should-meet")}
    apart_ = Oracle(sheets).should_meet()
    assert meeting.keys() == apart_.keys()
    for pair, scores in apart_.items():
        assert meeting[pair]["pairs"] == len(scores)
        assert meeting[pair]["score"] == pytest.approx(max(scores), abs=6e-5)
        assert meeting[pair]["sum_score"] == pytest.approx(sum(scores), abs=1e-3)


PAIRED = ("overlaps", "possible-duplication", "should-meet")
Drawn = Callable[..., Any]


@few
@given(sheets=worlds, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(sheets: Any, order: random.Random, drawn: Drawn, rows: Drawn) -> None:
    world = drawn(sheets)
    before = {question: rows(world, question) for question in PAIRED}
    shuffled = {sheet: order.sample(lines, len(lines)) for sheet, lines in sheets.items()}
    world = drawn(shuffled)
    for question in PAIRED:
        assert rows(world, question) == before[question]


@few
@given(sheets=worlds)
def test_which_of_the_two_comes_first_changes_nothing(sheets: Any, drawn: Drawn, rows: Drawn) -> None:
    """Programmes under names in the opposite order: each pair is turned round, its terms stay."""
    names = [row["id"] for row in sheets["programmes"]]
    turned = dict(zip(names, reversed(names), strict=True)) | {"": ""}
    renamed = sheets | {
        "programmes": [
            row | {"id": turned[row["id"]], "parent": turned[row["parent"]]} for row in sheets["programmes"]
        ],
        "participations": [row | {"programme": turned[row["programme"]]} for row in sheets["participations"]],
    }
    straight = {frozenset((r["programme"], r["other"])): r for r in rows(drawn(sheets), "overlaps")}
    around = {frozenset((turned[r["programme"]], turned[r["other"]])): r for r in rows(drawn(renamed), "overlaps")}
    assert around.keys() == straight.keys()
    for pair, row in straight.items():
        for column in (*TERMS, "verdict", "places", "domains", "responses", "targets", "unknown"):
            assert around[pair][column] == row[column], column
        assert {row["programme"]: row["leads"], row["other"]: row["other_leads"]} == {
            turned[around[pair]["programme"]]: around[pair]["leads"],
            turned[around[pair]["other"]]: around[pair]["other_leads"],
        }


@few
@given(sheets=worlds, other=worlds)
def test_a_dataset_about_something_else_changes_nothing(sheets: Any, other: Any, drawn: Drawn, rows: Drawn) -> None:
    world = drawn(sheets)
    before = {question: rows(world, question) for question in PAIRED}
    world = drawn(sheets, other=elsewhere(other))
    after = {question: rows(world, question, dataset="drawn") for question in PAIRED}
    seen = {question: [r for r in rows(world, question) if not str(r).count("far-")] for question in PAIRED}
    for question in PAIRED:
        assert after[question] == before[question]
        assert seen[question] == before[question]


def elsewhere(sheets: Any) -> Any:
    """The same sheets about things of other names."""
    columns = {"id", "places", "within", "part_of", "state", "actor", "other", "programme", "parent"}
    moved = {}
    for sheet, lines in sheets.items():
        moved[sheet] = [
            {
                column: ";".join(f"far-{part}" for part in cell.split(";") if part) if column in columns else cell
                for column, cell in row.items()
            }
            for row in lines
        ]
    return moved


@few
@given(
    sheets=worlds,
    ends=st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True),
    kind=st.sampled_from(JOINING),
)
def test_a_tie_only_turns_possible_duplication_into_coordination(
    sheets: Any, ends: list[str], kind: str, drawn: Drawn, rows: Drawn
) -> None:
    world = drawn(sheets)
    before = {(r["programme"], r["other"]): r for r in rows(world, "overlaps")}
    met_before = {(r["actor"], r["other"]): r["score"] for r in rows(world, "should-meet")}
    tie = {"actor": ends[0], "kind": kind, "other": ends[1], "id": "new-tie"}
    world = drawn(sheets | {"ties": [*sheets["ties"], tie]})
    after = {(r["programme"], r["other"]): r for r in rows(world, "overlaps")}
    met_after = {(r["actor"], r["other"]): r["score"] for r in rows(world, "should-meet")}
    assert after.keys() == before.keys()
    for pair, row in before.items():
        assert [after[pair][term] for term in TERMS] == [row[term] for term in TERMS]
        if after[pair]["verdict"] != row["verdict"]:
            assert (row["verdict"], after[pair]["verdict"]) == ("possibly-duplicating", "coordinated")
            assert any(kind in link.lower().replace(" ", "-") for link in after[pair]["links"])
        assert set(row["links"]) <= set(after[pair]["links"])
    assert met_after.items() <= met_before.items()
