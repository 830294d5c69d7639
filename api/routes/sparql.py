"""`/sparql`: the SPARQL 1.1 Protocol, queries only, over the datasets that the reader may see."""

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import HTML, JSON, accepted, named_format, single
from api.pages.sparql import sparql_page
from api.problems import responses
from api.schemas import format_schema
from api.visibility import ReaderWorld
from graph.errors import InvalidParameter, TooLarge
from graph.store import GRAPH_TYPES, SOLUTION_TYPES
from ontology.terms import PREFIXES, terms

LONGEST = 100_000
PREFERRED = ("application/sparql-results+json", "text/turtle", *SOLUTION_TYPES, *GRAPH_TYPES)
FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
ALIASES = {"application/json": FORMATS["json"], "application/xml": FORMATS["xml"]}
router = APIRouter(tags=["SPARQL"])
EXAMPLE = "SELECT ?flow { ?flow a <https://w3id.org/concert/ns#DrugsFlow> } ORDER BY ?flow"
RESULTS = {
    200: {"description": "The result", "content": {media: {} for media in (*SOLUTION_TYPES, *GRAPH_TYPES, HTML)}},
    **responses(400, 406, 413, 503, 504),
}


@router.get("/sparql", summary="Ask in SPARQL", responses=RESULTS)
def get_query(
    request: Request,
    world: ReaderWorld,
    query: Annotated[str | None, Query(description="a SPARQL 1.1 query", examples=[EXAMPLE])] = None,
    format: Annotated[str | None, Query(description="one of " + ", ".join(FORMATS), examples=["csv"])] = None,
) -> Response:
    """Run a query. The default graph is the merge of all datasets, each dataset version a named graph.

    Without a query, a browser gets the page to write one on. For example
    `/sparql?query=SELECT * { ?s a <https://w3id.org/concert/ns%23DrugsFlow> }`.
    """
    known = {"query", "format"}
    unknown = next((name for name in request.query_params if name not in known), None)
    if unknown:
        raise InvalidParameter(
            f"there is no parameter {unknown!r} here; what is read is always all that you may see",
            parameter=unknown,
            given=unknown,
            expected="query, format",
        )
    single(request, "query")
    if not format and accepted(request, (*PREFERRED, *ALIASES, HTML))[0] == HTML:
        return sparql_page(request, world, query)
    return answer(request, world, query or "")


TERMS_EXAMPLE = {
    "prefixes": {"con": PREFIXES["con"]},
    "terms": [
        {
            "name": "con:Agency",
            "kind": "class",
            "label": "agency",
            "about": "An organ of one State that acts in its own name …",
        }
    ],
}


@router.get(
    "/sparql/terms",
    summary="The terms that a query may use",
    responses={200: {"content": {JSON: {"example": TERMS_EXAMPLE}}}},
)
def get_terms() -> dict[str, Any]:
    """Our prefixes, and every class, property and code with its label and definition, to complete a query from.

    For example `/sparql/terms`.
    """
    return {"prefixes": PREFIXES, "terms": [asdict(term) for term in terms()]}


@router.post(
    "/sparql",
    summary="Ask in SPARQL, with a longer query",
    responses=RESULTS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": {"type": "string"}, "example": EXAMPLE},
                "application/x-www-form-urlencoded": {
                    "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}},
                    "example": {"query": EXAMPLE},
                },
            },
        },
        "parameters": [format_schema(FORMATS)],
    },
)
async def post_query(request: Request, world: ReaderWorld) -> Response:
    """Run a query sent as `application/sparql-query`, or as the field `query` of a form."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared == "application/sparql-query":
        text = await _body(request, LONGEST)
    elif declared == "application/x-www-form-urlencoded":
        try:
            fields = parse_qs(await _body(request, 4 * LONGEST), errors="strict", max_num_fields=10)
        except ValueError:
            raise InvalidParameter("the form cannot be read", parameter="query", expected="a form in UTF-8") from None
        text = fields.get("query", [""])[0]
    else:
        raise InvalidParameter(
            f"a query cannot come as {declared or 'nothing'}",
            parameter="Content-Type",
            given=declared,
            expected="application/sparql-query or application/x-www-form-urlencoded",
        )
    return await run_in_threadpool(answer, request, world, text)


async def _body(request: Request, most: int) -> str:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge("the query is too long", expected=f"at most {most:,} bytes")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidParameter("the query is not UTF-8", parameter="query", expected="UTF-8 text") from None


def answer(request: Request, world: ReaderWorld, query: str) -> Response:
    """Run `query` in the reader's world and reply in the type that was asked for."""
    if len(query) > LONGEST:
        raise TooLarge("the query is too long", expected=f"at most {LONGEST:,} characters")
    if not query.strip():
        raise InvalidParameter("there is no query", parameter="query", expected="a SPARQL 1.1 query")
    named = named_format(request, FORMATS)
    wanted = (named,) if named else accepted(request, (*PREFERRED, *ALIASES))
    media = tuple(dict.fromkeys(ALIASES.get(media, media) for media in wanted))
    reply = world.store().query(query, world.graphs, media)
    return Response(reply.body, media_type=reply.media_type, headers={"Vary": "Accept"})
