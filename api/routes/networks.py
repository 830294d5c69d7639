"""`/api/networks`: the kinds of network, and each as JSON, GraphML, GEXF or a page that needs nothing else."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.negotiation import GEXF, GRAPHML, HTML, JSON, choose
from api.problems import responses
from api.routes.questions import asked_in
from api.schemas import format_schema, parameter_schema
from api.visibility import ReaderWorld
from graph.network.build import network
from graph.network.catalogue import Kind, kind, kinds
from graph.writers.network import to_gexf, to_graphml, to_json
from viz.standalone import page

OFFERED = {"json": JSON, "graphml": GRAPHML, "gexf": GEXF, "html": HTML}
TEXT = {"type": "string"}
NODE_LINK = {
    "type": "object",
    "required": ["directed", "multigraph", "graph", "nodes", "edges"],
    "properties": {
        "graph": {"type": "object", "required": ["title", "kind", "parameters", "datasets", "caveat"]},
        "nodes": {"type": "array", "items": {"type": "object", "required": ["id", "label"]}},
        "edges": {"type": "array", "items": {"type": "object", "required": ["source", "target", "key", "sources"]}},
    },
}
router = APIRouter(prefix="/api/networks", tags=["Networks"])


CATALOGUE_EXAMPLE = {"networks": [{"name": "coordination", "title": "Coordination", "asks": "Who works with whom?"}]}


@router.get(
    "",
    summary="Every kind of network that can be drawn",
    responses={200: {"content": {JSON: {"example": CATALOGUE_EXAMPLE}}}},
)
def networks() -> dict[str, Any]:
    """The catalogue: what each network shows, and its parameters."""
    return {
        "networks": [
            {
                "name": drawn.name,
                **drawn.header.model_dump(include={"title", "asks", "read", "caveat", "example", "needs"}),
                "url": f"/api/networks/{drawn.name}",
                "parameters": {name: p.model_dump(exclude_none=True) for name, p in drawn.parameters.items()},
            }
            for drawn in kinds().values()
        ]
    }


def _endpoint(name: str) -> Callable[..., Response]:
    def draw(request: Request, world: ReaderWorld) -> Response:
        media = choose(request, OFFERED)
        cache = request.app.state.drawn
        graph = network(world, name, asked_in(request, ("format",)), cache=cache)
        headers = {"Vary": "Accept"}
        if media == HTML:
            return Response(page(graph, cache), media_type=HTML, headers=headers | {"Content-Security-Policy": ""})
        if media == JSON:
            return Response(to_json(graph), media_type=JSON, headers=headers)
        form = "graphml" if media == GRAPHML else "gexf"
        headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        body = to_graphml(graph) if media == GRAPHML else to_gexf(graph)
        return Response(body, media_type=media, headers=headers)

    return draw


def _describe(drawn: Kind) -> str:
    example = "&".join(f"{name}={value}" for name, value in drawn.header.example.items())
    query = f"?{example}" if example else ""
    return "\n\n".join([drawn.header.asks, drawn.header.read, f"For example `/api/networks/{drawn.name}{query}`."])


for _kind in kinds().values():
    router.add_api_route(
        f"/{_kind.name}",
        _endpoint(_kind.name),
        methods=["GET"],
        operation_id=f"network_{_kind.name}",
        summary=_kind.header.title,
        description=_describe(_kind),
        response_class=JSONResponse,
        responses={
            200: {
                "description": "The network; as JSON in node-link form, with what was asked, the totals and the caveat",
                "content": {JSON: {"schema": NODE_LINK}} | {m: {"schema": TEXT} for m in (GRAPHML, GEXF, HTML)},
            },
            **responses(400, 404, 406, 413),
        },
        openapi_extra={
            "parameters": [
                parameter_schema(name, p, _kind.header.example.get(name)) | {"required": name in _kind.header.needs}
                for name, p in _kind.parameters.items()
            ]
            + [format_schema(OFFERED)]
        },
    )


@router.get("/{name}", include_in_schema=False)
def unknown(name: str) -> None:
    """Any other name is answered with the list of those that exist."""
    kind(name)
