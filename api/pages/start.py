"""`/`: what is known, at a glance."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.datasets import described
from api.pages.mapping import base_map
from api.pages.rendering import kind_title, render
from api.visibility import ReaderLibrary, ReaderWorld
from graph.questions.answer import labels_of
from graph.questions.catalogue import catalogue
from graph.tables.world import World
from viz.maps.coverage import coverage as coverage_of

COVERAGE = (Path(__file__).parent / "coverage.sql").read_text(encoding="utf-8")
SHOWN = 5
"""Covered places in the table beside the map, those with most programmes."""
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Ready:
    """A question that is one click away, with the address of its answer; `needs` are what it is about."""

    title: str
    about: str
    url: str
    needs: tuple[str, ...] = ()


READY = (
    Ready(
        "Who works where?", "Every place and domain, the numbers, and the cells where nobody is recorded.", "/matrix"
    ),
    Ready(
        "What is missing against drugs in Turkmenistan?",
        "Responses that a transit country should see, ranked by need, and who stands near.",
        "/gaps?place=TM&domain=drugs",
        ("place/tm",),
    ),
    Ready(
        "Which programmes in Tajikistan may do the same?",
        "Pairs that are alike in what, where, when and for whom, and what links them.",
        "/overlaps?view=duplication&place=TJ",
        ("place/tj",),
    ),
    Ready(
        "How are IOM and the Aga Khan Foundation connected?",
        "The shortest ways between two actors, each step with its source.",
        "/explorer/path?start=actor/iom&end=actor/aga-khan-foundation",
        ("actor/iom", "actor/aga-khan-foundation"),
    ),
    Ready(
        "What is known about Kyrgyzstan?",
        "Its flows, programmes, commitments and figures on a page that prints on A4.",
        "/id/place/kg",
        ("place/kg",),
    ),
    Ready(
        "Who works with whom, and who says so?",
        "The network of actors; a click on a link opens the passages that it rests on.",
        "/explorer/coordination?domain=drugs&select=actor/unodc~actor/drug-control-agency-tajikistan",
        ("actor/unodc", "actor/drug-control-agency-tajikistan"),
    ),
)
"""Answered by the shipped paper, and the first ones that its readers asked."""


@router.get("/")
def start(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What is known, at a glance."""
    counted = world.rows(
        "select kind, count(distinct id) as n from thing where kind in "
        "('actor', 'programme', 'flow', 'observation', 'recommendation', 'place') group by kind"
    )
    numbers = {row["kind"]: row["n"] for row in counted}
    counts = [(kind_title(kind).lower(), numbers[kind]) for kind in numbers]
    coverage, places = _coverage(world)
    return render(
        "start.html",
        world,
        request=request,
        counts=sorted(counts, key=lambda pair: -pair[1]),
        ready=_ready(world),
        coverage=coverage,
        seen=request.app.state.coverages.of(world, lambda of: coverage_of(of, base_map(request.app.state))),
        coverage_domains=list({domain["id"]: domain for row in coverage for domain in row["domains"]}.values()),
        coverage_more=places - len(coverage),
        questions=list(catalogue().values()),
        datasets=described(world, library),
    )


def _ready(world: World) -> list[Ready]:
    """The questions about what is loaded; of another one nothing could be found."""
    named = sorted({id_ for question in READY for id_ in question.needs})
    there = {row["id"] for row in world.rows("select id from thing where list_contains($ids, id)", {"ids": named})}
    return [question for question in READY if there.issuperset(question.needs)]


def _coverage(world: World) -> tuple[list[dict[str, Any]], int]:
    """The covered places with most programmes, and how many are covered in all."""
    rows = world.rows(COVERAGE, {"limit": SHOWN})
    labels = labels_of(world, {domain for row in rows for domain in row["domains"]})
    told = [row | {"domains": [{"id": id_, "label": labels.get(id_, id_)} for id_ in row["domains"]]} for row in rows]
    return told, int(rows[0]["places"]) if rows else 0
