"""The questions that the start page has ready, about what is known: the paper's first ones, or chosen by the data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from api.pages.manual import PAPER
from graph.questions.answer import labels_of
from graph.tables.world import World

QUERIES = {file.stem: file.read_text(encoding="utf-8") for file in (Path(__file__).parent / "subjects").glob("*.sql")}
MOST = 4
"""Subjects of one question at the most: that of its title and those beside it."""
MOST_PAIRS = 2
"""The same of questions about two actors, whose names are long."""
LOOKED_AT = 20
"""Countries with most efforts among which those are looked for that a flow passes."""


@dataclass(frozen=True)
class Subject:
    """What a question can be about: how it is called, the question with it in words, and the address of the answer."""

    label: str
    title: str
    url: str


@dataclass(frozen=True)
class Ready:
    """A question that is one click away; `also` are other subjects of it."""

    title: str
    about: str
    url: str
    also: tuple[Subject, ...] = ()


EVERYTHING = Ready(
    "Who works where?", "Every place and domain, the numbers, and the cells where nobody is recorded.", "/matrix"
)
ABOUT = {
    "missing": "Responses that a place on a route should see, ranked by need, and who stands near.",
    "same": "Pairs that are alike in what, where, when and for whom, and what links them.",
    "connected": "The shortest ways between two actors, each step with its source.",
    "known": "Its flows, programmes, commitments and figures on a page that prints on A4.",
    "evidence": "The network of actors; a click on a link opens the passages that it rests on.",
}
"""Question -> what its answer holds, in the order of the page."""
OF_THE_PAPER = {
    "missing": Subject("Turkmenistan", "What is missing against drugs in Turkmenistan?", "/gaps?place=TM&domain=drugs"),
    "same": Subject(
        "Tajikistan", "Which programmes in Tajikistan may do the same?", "/overlaps?view=duplication&place=TJ"
    ),
    "connected": Subject(
        "IOM and the Aga Khan Foundation",
        "How are IOM and the Aga Khan Foundation connected?",
        "/explorer/path?start=actor/iom&end=actor/aga-khan-foundation",
    ),
    "known": Subject("Kyrgyzstan", "What is known about Kyrgyzstan?", "/id/place/kg"),
    "evidence": Subject(
        "UNODC and the Drug Control Agency",
        "Who works with whom, and who says so?",
        "/explorer/coordination?domain=drugs&select=actor/unodc~actor/drug-control-agency-tajikistan",
    ),
}
"""What the shipped paper's readers asked first, where it is loaded."""


def ready(world: World) -> list[Ready]:
    """The questions with the subjects of which most is recorded; one that the data has no subject for is left out."""
    places = world.rows(QUERIES["places"], {"most": LOOKED_AT})
    crowded = world.rows(QUERIES["crowded"], {"most": MOST})
    apart, tied = (world.rows(QUERIES[name], {"most": MOST_PAIRS}) for name in ("apart", "tied"))
    named = {value for row in (*places, *crowded, *apart, *tied) for value in row.values() if isinstance(value, str)}
    labels = {id_: id_ for id_ in named} | labels_of(world, named)
    found = {
        "missing": _missing(places, labels),
        "same": _same(crowded, labels),
        "connected": _connected(apart, labels),
        "known": _known(places, labels),
        "evidence": _evidence(tied, labels),
    }
    asked = [EVERYTHING]
    for name, about in ABOUT.items():
        subjects = {each.label: each for each in ([OF_THE_PAPER[name]] if PAPER in world.datasets else [])}
        for each in found[name]:
            subjects.setdefault(each.label, each)
        if subjects:
            first, *others = list(subjects.values())[:MOST]
            asked.append(Ready(first.title, about, first.url, tuple(others)))
    return asked


Rows = list[dict[str, Any]]
Labels = Mapping[str, str]


def _missing(places: Rows, labels: Labels) -> Iterator[Subject]:
    for row in places:
        if row["domain"]:
            label, domain = labels[row["place"]], labels[row["domain"]].lower()
            url = "/gaps?" + urlencode({"place": row["place"], "domain": row["domain"]}, safe="/")
            yield Subject(label, f"What is missing against {domain} in {label}?", url)


def _same(crowded: Rows, labels: Labels) -> Iterator[Subject]:
    for row in crowded:
        label = labels[row["place"]]
        url = "/overlaps?" + urlencode({"view": "duplication", "place": row["place"]}, safe="/")
        yield Subject(label, f"Which programmes in {label} may do the same?", url)


def _connected(apart: Rows, labels: Labels) -> Iterator[Subject]:
    for row in apart:
        label = f"{labels[row['one']]} and {labels[row['other']]}"
        url = "/explorer/path?" + urlencode({"start": row["one"], "end": row["other"]}, safe="/")
        yield Subject(label, f"How are {label} connected?", url)


def _known(places: Rows, labels: Labels) -> Iterator[Subject]:
    for row in places:
        label = labels[row["place"]]
        yield Subject(label, f"What is known about {label}?", f"/id/{row['place']}")


def _evidence(tied: Rows, labels: Labels) -> Iterator[Subject]:
    for row in tied:
        one, other = row["one"], row["other"]
        label = f"{labels[one]} and {labels[other]}"
        url = "/explorer/coordination?" + urlencode({"actor": one, "select": f"{one}~{other}"}, safe="/~")
        yield Subject(label, f"What links {labels[one]} to {labels[other]}, and who says so?", url)
