"""`/docs`: every operation of the API."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render
from api.visibility import ReaderWorld

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def api_page(request: Request, world: ReaderWorld) -> Response:
    """Every operation of the API, from its own OpenAPI description."""
    described = request.app.openapi()
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    tags = list(dict.fromkeys(tag for operation in operations for tag in operation.get("tags", ["Other"])))
    return render("api.html", world, request=request, tags=tags, operations=operations)
