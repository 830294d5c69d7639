"""`/`: what is known, at a glance."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.datasets import described
from api.pages.kept import kept
from api.pages.mapping import base_map
from api.pages.ready import ready
from api.pages.rendering import kind_title, render
from api.visibility import ReaderLibrary, ReaderWorld
from graph.at_once import at_once
from graph.questions.answer import labels_of
from graph.questions.catalogue import catalogue
from graph.tables.world import World
from viz.maps.coverage import coverage as coverage_of

COVERAGE = (Path(__file__).parent / "coverage.sql").read_text(encoding="utf-8")
SHOWN = 5
"""Covered places in the table beside the map, those with most programmes."""
router = APIRouter(include_in_schema=False)


@router.get("/")
@kept
def start(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What is known, at a glance."""
    state = request.app.state
    (coverage, places), asked, seen = at_once(
        lambda: _coverage(world),
        lambda: state.ready.of(world, ready),
        lambda: state.coverages.of(world, lambda of: coverage_of(of, base_map(state))),
    )
    counted = world.rows(
        "select kind, count(distinct id) as n from thing where kind in "
        "('actor', 'programme', 'flow', 'observation', 'recommendation', 'place') group by kind"
    )
    numbers = {row["kind"]: row["n"] for row in counted}
    counts = [(kind_title(kind).lower(), numbers[kind]) for kind in numbers]
    return render(
        "start.html",
        world,
        request=request,
        counts=sorted(counts, key=lambda pair: -pair[1]),
        ready=asked,
        coverage=coverage,
        seen=seen,
        coverage_domains=list({domain["id"]: domain for row in coverage for domain in row["domains"]}.values()),
        coverage_more=places - len(coverage),
        questions=list(catalogue().values()),
        datasets=described(world, library),
    )


def _coverage(world: World) -> tuple[list[dict[str, Any]], int]:
    """The covered places with most programmes, and how many are covered in all."""
    rows = world.rows(COVERAGE, {"limit": SHOWN})
    labels = labels_of(world, {domain for row in rows for domain in row["domains"]})
    told = [row | {"domains": [{"id": id_, "label": labels.get(id_, id_)} for id_ in row["domains"]]} for row in rows]
    return told, int(rows[0]["places"]) if rows else 0
