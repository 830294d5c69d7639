"""`/healthz`, `/readyz`, `/metrics` and `/api/datasets`: how the service is and what it holds."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import JSON
from api.problems import responses
from api.visibility import ReaderLibrary, ReaderWorld
from graph.errors import StoreUnavailable

router = APIRouter(tags=["Status"])


METRICS_EXAMPLE = 'concert_requests_total{method="GET",route="/healthz",status="200"} 1.0'


def _example(value: Any) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {JSON: {"example": value}}}}


@router.get("/healthz", summary="Whether the process is alive", responses=_example({"status": "ok"}))
def healthy() -> dict[str, str]:
    """Answers whenever the process does."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    summary="Whether questions can be answered",
    responses=_example({"status": "ok", "datasets": {"reference": "0123456789ab"}}) | responses(503),
)
def ready(world: ReaderWorld) -> dict[str, Any]:
    """Answers when the tables can be read and the store is open with every current dataset in it."""
    world.rows("select count(*) from thing")
    if not world.graphs <= world.store().graphs():
        raise StoreUnavailable("the store lacks datasets that are loaded", expected="`concert rebuild` fills it again")
    return {"status": "ok", "datasets": dict(world.datasets)}


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": METRICS_EXAMPLE}}}},
)
def metrics(request: Request) -> Response:
    """Requests by route and status, and how long they took, in the Prometheus text format."""
    registry: CollectorRegistry = request.app.state.metrics.registry
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


@router.get(
    "/api/datasets",
    summary="The datasets that are loaded",
    responses=_example({"datasets": [{"dataset": "reference", "title": "Reference data", "claims": 12345}]}),
)
def datasets(world: ReaderWorld, library: ReaderLibrary) -> dict[str, Any]:
    """Each dataset with its version, counts, rows refused, and what it covers."""
    described = {
        row["dataset"]: row for row in world.rows("select * exclude (id) from dataset_description order by dataset")
    }
    covers = world.rows("select * exclude (id) from coverage order by all")
    kept = library.datasets()
    return {
        "datasets": [
            {
                **described.get(name, {}),
                **{k: v for k, v in asdict(kept[name]).items() if k not in ("origin", "origin_hash", "format")},
                "graph": kept[name].graph,
                "coverage": [
                    {key: str(v) if hasattr(v, "isoformat") else v for key, v in row.items() if key != "dataset"}
                    for row in covers
                    if row["dataset"] == name
                ],
            }
            for name in world.datasets
            if name in kept
        ]
    }
