"""`/sparql` in a browser: a form for a query, and its result."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import TEMPLATES, render
from graph.errors import ConcertError
from graph.tables.world import World
from ontology.namespaces import CON, ID, short

EXAMPLES = TEMPLATES / "examples"
SHOWN_ROWS = 500
PREFIXES = {
    "con": str(CON),
    "id": str(ID),
    "dct": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}


def sparql_page(request: Request, world: World, query: str | None) -> Response:
    """The page to write a query on, with its result when there is one."""
    examples = [_example(file) for file in sorted(EXAMPLES.glob("*.rq"))]
    columns: list[str] | None = None
    rows: list[dict[str, Any]] = []
    text, problem, more = "", None, 0
    try:
        if query and query.strip():
            reply = world.store().query(query, world.graphs)
            if reply.media_type == "application/sparql-results+json":
                columns, rows = _solutions(json.loads(reply.body))
                more = len(rows) if len(rows) > SHOWN_ROWS else 0
            else:
                text = reply.body.decode("utf-8")[:200_000]
    except ConcertError as error:
        problem = error
    return render(
        "sparql.html",
        world,
        request=request,
        status=problem.status if problem else 200,
        query=query or examples[0][1],
        examples=examples,
        prefixes=PREFIXES,
        columns=columns,
        rows=rows[:SHOWN_ROWS],
        more=more,
        text=text,
        problem=problem,
        link=lambda form: str(request.url.include_query_params(format=form)),
    )


def _example(file: Path) -> tuple[str, str]:
    title, _, query = file.read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# "), query.strip()


def _solutions(found: Mapping[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    if "boolean" in found:
        return ["answer"], [{"answer": {"type": "literal", "value": "yes" if found["boolean"] else "no"}}]
    rows = found["results"]["bindings"]
    for row in rows:
        for term in row.values():
            id_ = short(term["value"])
            term["short"] = id_ if id_ != term["value"] else ""
    return found["head"]["vars"], rows
