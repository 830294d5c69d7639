"""`/datasets`: what every answer rests on."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render
from api.visibility import ReaderLibrary, ReaderWorld
from graph.library import Library
from graph.tables.world import World

router = APIRouter(include_in_schema=False)


@router.get("/datasets")
def datasets(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What every answer rests on."""
    return render("datasets.html", world, request=request, datasets=described(world, library))


def described(world: World, library: Library) -> list[dict[str, Any]]:
    """Each loaded dataset: how it describes itself, what it covers, and what was taken and refused of it."""
    known = {row["dataset"]: row for row in world.rows("select * from dataset_description")}
    covers = world.rows(
        "select coverage.dataset, string_agg(distinct label.label, ', ' order by label.label) as places, "
        "min(starts) as starts, max(ends) as ends from coverage join label on label.id = coverage.place "
        "group by coverage.dataset"
    )
    covered = {row["dataset"]: _covers(row) for row in covers}
    return [
        {
            **known[name],
            "name": name,
            "covers": covered.get(name),
            "claims": manifest.claims,
            "taken": manifest.taken,
            "rejected": manifest.rejected,
            "version": manifest.version,
            "loaded_at": manifest.loaded_at,
            "graph": manifest.graph,
        }
        for name, manifest in library.datasets().items()
        if name in known
    ]


def _covers(row: Mapping[str, Any]) -> str:
    period = f", {row['starts'] or '…'} to {row['ends'] or '…'}" if row["starts"] or row["ends"] else ""
    return f"{row['places']}{period}"
