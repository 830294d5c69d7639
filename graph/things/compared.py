"""Two programmes side by side: what is recorded of each, field by field, and whether that is the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.questions.answer import labels_of, sources_of
from graph.tables.world import World
from graph.things.fields import DIFFERENT, UNKNOWN, WITHIN, Line, Part, of_periods, of_things, of_words

HERE = Path(__file__).parent
LED, PAID = ("role/accountable", "role/implementing"), ("role/funding", "role/extending")
FIELDS = (
    ("places", "Where"),
    ("responses", "Responses"),
    ("targets", "For whom"),
    ("domains", "Domains"),
    ("parents", "Part of"),
)
NEVER_CAME = {"status/refused": "refused", "status/cancelled": "cancelled"}
NEEDED = (("leads", "who leads"), ("places", "where"), ("domains", "the domain"), ("responses", "what is done"))
"""Fields without which two programmes are not compared as an overlap."""


@dataclass(frozen=True)
class Compared:
    """Two programmes, each as {id, label, class, description, sources}, and their fields in order.

    report  why the two may be records of one effort, in the columns of the question on double reporting; None where
            nothing says so
    apart   why the two would not be compared as an overlap, as far as these records tell
    """

    one: Mapping[str, Any]
    other: Mapping[str, Any]
    lines: Sequence[Line]
    report: Mapping[str, Any] | None
    apart: Sequence[str]


def compared(world: World, one: str, other: str) -> Compared | None:
    """The programmes with these short ids side by side; None where one of them is not known."""
    rows = {row["id"]: row for row in world.rows(_query("compared"), {"ids": [one, other]})}
    if rows.keys() != {one, other}:
        return None
    sides = rows[one], rows[other]
    things = {id_ for row in sides for name, _ in FIELDS for id_ in row[name]}
    things |= {each["actor"] for row in sides for each in row["actors"]}
    spoken = {id_ for row in sides for id_ in (row["id"], *row["statuses"], *row["told_as"])}
    spoken |= {each["role"] for row in sides for each in row["actors"] if each["role"]}
    labels = labels_of(world, things | spoken)
    akin = {(row["finer"], row["broader"]) for row in world.rows(_query("akin"), {"ids": sorted(things)})}
    lines = list(_lines(sides, labels, akin))
    reports = world.rows(_query("told_twice"), {"ids": sorted((one, other))})
    first, second = _introduced(world, sides, labels)
    return Compared(first, second, lines, reports[0] if reports else None, _apart((first, second), lines))


def _query(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _introduced(world: World, sides: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Each with its label, and what it and those who take part in it rest on."""
    claims = [{row["id"], *(claim for each in row["actors"] for claim in each["claims"])} for row in sides]
    sources = sources_of(world, claims[0] | claims[1])
    return [
        {
            **row,
            "label": labels.get(row["id"], row["id"]),
            "sources": [s for c in sorted(rests) for s in sources.get(c, ())],
        }
        for row, rests in zip(sides, claims, strict=True)
    ]


def _lines(sides: Sequence[Mapping[str, Any]], labels: Mapping[str, str], akin: set[tuple[str, str]]) -> list[Line]:
    def called(ids: Sequence[str]) -> list[Part]:
        return [Part(labels.get(id_, id_), id_) for id_ in ids]

    def words(name: str, title: str, key: str) -> Line:
        return of_words(name, title, [[labels.get(value, value) for value in row[key]] for row in sides])

    def actors(kind: str, title: str) -> Line:
        return of_things(kind, title, [each[kind] for each in engaged], akin)

    engaged = [_actors(row["actors"], labels) for row in sides]
    others = actors("others", "Others who take part")
    records = [called(row["told_as"]) for row in sides]
    return [
        of_words("kind", "Kind", [[row["class"]] for row in sides]),
        actors("leads", "Led by"),
        actors("funders", "Paid for by"),
        *([others] if others.one or others.other else []),
        *(of_things(name, title, [called(row[name]) for row in sides], akin) for name, title in FIELDS),
        of_periods("period", "Period", sides),
        words("status", "Status", "statuses"),
        of_words("money", "Money", [_sums(row["budgets"]) for row in sides]),
        words("datasets", "Stated by", "datasets"),
        *([Line("records", "Told of also as", "", "", records[0], records[1])] if any(records) else []),
    ]


def _actors(engaged: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> dict[str, list[Part]]:
    """Who leads, who pays and who else takes part, each once with all its roles of that kind."""
    roles: dict[str, dict[str, list[str]]] = {"leads": {}, "funders": {}, "others": {}}
    for each in engaged:
        kind = "leads" if each["role"] in LED else "funders" if each["role"] in PAID else "others"
        roles[kind].setdefault(each["actor"], []).append(each["role"] or "")
    return {
        kind: [
            Part(labels.get(actor, actor), actor, ", ".join(labels.get(role, role).lower() for role in held if role))
            for actor, held in found.items()
        ]
        for kind, found in roles.items()
    }


def _sums(budgets: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(f"{each['sum']:,.0f} {each['currency'] or 'in an unknown currency'}" for each in budgets)


def _apart(sides: Sequence[Mapping[str, Any]], lines: Sequence[Line]) -> list[str]:
    """What keeps two programmes from being an overlap; graph/questions/parts/overlap.sql says what one is."""
    told = {line.name: line for line in lines}
    found = [f"{row['label']} is a meeting" for row in sides if row["class"] == "con:Meeting"]
    found += [f"{row['label']} was {NEVER_CAME[id_]}" for row in sides for id_ in row["statuses"] if id_ in NEVER_CAME]
    if any(part.shared for part in told["leads"].one):
        found.append("one actor leads both")
    found += [f"{wanted} is {told[name].note}" for name, wanted in NEEDED if told[name].told == UNKNOWN]
    if told["places"].told == DIFFERENT:
        found.append("they share no place")
    if told["domains"].told == DIFFERENT:
        found.append("they share no domain")
    if told["responses"].told in (DIFFERENT, WITHIN):
        found.append("they share no response")
    if told["period"].told == DIFFERENT:
        found.append("their periods do not meet")
    return found
