"""Legs of flows with the figures that bear on them, for the page of flows.

A figure is one of a leg only where a source gives it for that flow: what is seized in a country says nothing of one
leg among several that pass it. Such a figure stands at the place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.questions.answer import Answer
from graph.tables.world import World
from ontology.vocabulary import codes

ABOUT = """
select id, list_sort(list_distinct(flatten(list(about)))) as about
from observation
where id in (select unnest($ids::varchar[]))
group by id
"""
CLASSES = "select id, min(class) as class from flow where id in (select unnest($ids::varchar[])) group by id"
CARRIED = {"con:PersonsFlow": "persons", "con:DrugsFlow": "drugs", "con:ArmsFlow": "arms"}
DOMAINS = ("persons", "drugs", "arms")


@dataclass(frozen=True)
class Figure:
    """One figure as `figures` gives it, with the flows and legs that it is about.

    reports  what each observation gives, where they disagree
    """

    row: Mapping[str, Any]
    about: frozenset[str]
    reports: Mapping[str, str]

    @property
    def kind(self) -> str:
        """What is counted and in what unit, as it is chosen on the page."""
        return f"{self.row['measure']['id'].partition('/')[2]} in {self.row['unit']['id'].partition('/')[2]}"

    @property
    def place(self) -> str | None:
        """The place that it is for."""
        return self.row["place"]["id"] if self.row["place"] else None

    @property
    def low(self) -> float | None:
        """The least that a report gives."""
        low: float | None = self.row["low"]
        return low

    @property
    def high(self) -> float | None:
        """The greatest that a report gives."""
        high: float | None = self.row["high"]
        return high

    @property
    def size(self) -> float:
        """The greatest number in it, 0 where only words are shown."""
        return max(self.low or 0.0, self.high or 0.0)

    @property
    def period(self) -> str:
        """The years that it is for; empty where no source tells."""
        years = [str(day)[:4] for day in (self.row["from_date"], self.row["to_date"]) if day]
        return "–".join(dict.fromkeys(years))

    @property
    def range(self) -> str:
        """The range over all reports, in figures with a comma at thousands."""
        low, high = self.low, self.high
        if low is None and high is None:
            return ", ".join(self.row["shown"])
        if low is None or high is None:
            return f"≥ {low:,.10g}" if high is None else f"≤ {high:,.10g}"
        return f"{low:,.10g}" if low == high else f"{low:,.10g}–{high:,.10g}"


@dataclass(frozen=True)
class Leg:
    """A row of `flows` with a place; `ends` are its places."""

    number: int
    row: Mapping[str, Any]
    figures: tuple[Figure, ...]
    domain: str

    @property
    def place(self) -> str:
        """Where it is."""
        return str(self.row["place"]["id"])

    @property
    def next(self) -> str | None:
        """Where it leads, if a source tells."""
        return self.row["next"]["id"] if self.row["next"] else None

    @property
    def role(self) -> str:
        """Role of the place: origin, transit, destination."""
        return str(self.row["role"]["id"].partition("/")[2]) if self.row["role"] else ""

    def figure(self, kind: str | None) -> Figure | None:
        """The latest figure of that kind; among those of one period the one for most: without target, then greatest."""
        return _latest(figure for figure in self.figures if figure.kind == kind)


def figures_of(world: World, answer: Answer, contested: Answer) -> list[Figure]:
    """The figures of an answer to `figures`, each with what its observations are about and, from the answer to
    `contested-figures`, what each of them gives.
    """
    reports = {row["sources"][0]["claim"]: row["shown"] for row in contested.rows if row["sources"]}
    claims = {source["claim"] for row in answer.rows for source in row["sources"]}
    about = {row["id"]: row["about"] or [] for row in world.rows(ABOUT, {"ids": sorted(claims)})} if claims else {}
    return [
        Figure(row, frozenset(thing for source in row["sources"] for thing in about.get(source["claim"], ())), reports)
        for row in answer.rows
        if not row["about"]  # a figure of a programme or an actor is none of the traffic
    ]


def legs_of(world: World, answer: Answer, figures: Sequence[Figure]) -> list[Leg]:
    """The rows of an answer to `flows` that have a place, with the figures of each."""
    by_flow = defaultdict(list)
    for figure in figures:
        for thing in figure.about:
            by_flow[thing].append(figure)
    rows = [row for row in answer.rows if row["place"]]
    flows = sorted({row["flow"]["id"] for row in rows})
    carried = {row["id"]: CARRIED.get(row["class"], "") for row in world.rows(CLASSES, {"ids": flows})}
    leaving = {(row["flow"]["id"], row["place"]["id"]) for row in rows if row["next"]}
    return [
        Leg(
            number,
            row,
            tuple(_bearing(row, by_flow[row["flow"]["id"]], leaving)),
            carried[row["flow"]["id"]] or top_domain(row["domains"]),
        )
        for number, row in enumerate(rows)
    ]


def _bearing(row: Mapping[str, Any], figures: Iterable[Figure], leaving: set[tuple[str, str]]) -> Iterable[Figure]:
    """Of the figures of the flow, those for the whole of it, for where the leg begins, or for where the flow ends."""
    flow, place = row["flow"]["id"], row["place"]["id"]
    after = row["next"]["id"] if row["next"] else None
    for figure in figures:
        if figure.place in (None, place) or (figure.place == after and (flow, after) not in leaving):
            yield figure


def at_places(figures: Iterable[Figure], kind: str | None) -> dict[str, Figure]:
    """Place -> the latest figure of that kind there."""
    found = defaultdict(list)
    for figure in figures:
        if figure.kind == kind and figure.place:
            found[figure.place].append(figure)
    return {place: latest for place, listed in found.items() if (latest := _latest(listed))}


def _latest(figures: Iterable[Figure]) -> Figure | None:
    return max(
        figures,
        key=lambda f: (str(f.row["to_date"] or f.row["from_date"] or ""), f.row["target"] is None, f.size),
        default=None,
    )


def top_domain(domains: Sequence[Mapping[str, str]]) -> str:
    """The broadest domain of the first one: persons, drugs, arms or other."""
    listed = {concept.id: concept for concept in codes("domain").values()}
    for domain in domains:
        at = listed.get(domain["id"])
        while at:
            if at.notation in DOMAINS:
                return at.notation
            at = listed.get(at.broader[0]) if at.broader else None
    return "other"
