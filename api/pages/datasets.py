"""`/datasets`: what every answer rests on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render
from api.visibility import ReaderLibrary, ReaderWorld
from graph.library import Library
from graph.tables.world import World

QUALITY = (Path(__file__).parent / "quality.sql").read_text(encoding="utf-8")
ASPECTS = {
    "period": "Period",
    "place": "Place",
    "domain": "Domain",
    "response": "Response",
    "target": "For whom",
    "actor": "Actor",
}
"""What a presence may leave unknown -> how it is called."""
router = APIRouter(include_in_schema=False)


@router.get("/datasets")
def datasets(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What every answer rests on."""
    return render(
        "datasets.html",
        world,
        request=request,
        datasets=described(world, library),
        quality=quality(world),
        aspects=ASPECTS,
    )


def quality(world: World) -> dict[str, dict[str, Any]]:
    """Dataset -> how many presences it states, and the share of them that leaves each aspect unknown.

    Datasets that state none are left out: there is nothing of which a share could be unknown.
    """
    return {
        row["dataset"]: {
            "presences": row["presences"],
            "unknown": {name: {"count": row[name], "share": row[name] / row["presences"]} for name in ASPECTS},
        }
        for row in world.rows(QUALITY)
    }


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
            "origin": Path(manifest.origin).name,
            "origin_hash": manifest.origin_hash,
            "uses": manifest.uses,
            "notes": manifest.notes,
        }
        for name, manifest in library.datasets().items()
        if name in known
    ]


def _covers(row: Mapping[str, Any]) -> str:
    period = f", {row['starts'] or '…'} to {row['ends'] or '…'}" if row["starts"] or row["ends"] else ""
    return f"{row['places']}{period}"
