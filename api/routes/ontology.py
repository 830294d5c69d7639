"""`/ns`: the ontology by content negotiation, as a page, as Turtle and as JSON-LD."""

import re
from functools import cache

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import HTML, JSON_LD, TURTLE, choose
from api.policy import inline_style
from api.problems import responses
from api.schemas import format_schema
from ontology import page, vocabulary

OFFERED = {"html": HTML, "ttl": TURTLE, "jsonld": JSON_LD}
router = APIRouter(tags=["Ontology"])

STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@router.get(
    "/ns",
    summary="The ontology",
    responses={
        200: {
            "description": "The ontology with its code lists",
            "content": {HTML: {"schema": {"type": "string"}}, TURTLE: {"schema": {"type": "string"}}, JSON_LD: {}},
        },
        **responses(400, 406),
    },
    openapi_extra={"parameters": [format_schema(OFFERED)]},
)
def ontology(request: Request) -> Response:
    """Every class, property and code list. This is where `https://w3id.org/concert/ns` leads."""
    media = choose(request, OFFERED)
    body = {HTML: page.html, TURTLE: vocabulary.turtle, JSON_LD: vocabulary.json_ld}[media]()
    headers = {"Vary": "Accept"} | ({"Content-Security-Policy": _policy()} if media == HTML else {})
    return Response(body, media_type=media, headers=headers)


@cache
def _policy() -> str:
    """The page carries its own styles and nothing else; it has no script."""
    styles = inline_style(*STYLE.findall(page.html()))
    return f"default-src 'none'; {styles}; img-src data:; base-uri 'none'; form-action 'none'"
