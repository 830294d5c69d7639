"""`/sparql` in a browser: a form for a query, and its result as a table and as a network."""

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import TEMPLATES, render
from graph.errors import ConcertError
from graph.store import Reply
from graph.tables.world import World
from ontology.namespaces import ID, short
from ontology.terms import PREFIXES
from viz.drawings.result import Link, drawn, of_rows
from viz.palette import outline

EXAMPLES = TEMPLATES / "examples"
SHOWN_ROWS = 500
LONGEST = 200_000
"""Characters of a graph that are shown as text."""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TRIPLE = ("subject", "property", "object")


def sparql_page(request: Request, world: World, query: str | None) -> Response:
    """The page to write a query on, with its result when there is one."""
    examples = [_example(file) for file in sorted(EXAMPLES.glob("*.rq"))]
    result: dict[str, Any] = {"columns": None, "rows": [], "total": 0, "text": "", "network": None}
    problem = None
    try:
        if query and query.strip():
            result = _result(world, world.store().query(query, world.graphs))
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
        problem=problem,
        outline=outline,
        link=lambda form: str(request.url.include_query_params(format=form)),
        **result,
    )


def _example(file: Any) -> tuple[str, str]:
    title, _, query = file.read_text(encoding="utf-8").partition("\n")
    return title.removeprefix("# "), query.strip()


def _result(world: World, reply: Reply) -> dict[str, Any]:
    """The rows, of which the first are shown, the text of a graph, and what of it is a network."""
    if reply.media_type == "application/sparql-results+json":
        columns, rows = _solutions(json.loads(reply.body))
        links, text = of_rows(columns, [_things(row) for row in rows]), ""
    else:
        text = reply.body.decode("utf-8")[:LONGEST]
        columns, (rows, links) = list(TRIPLE), _triples(reply)
    return {
        "columns": columns,
        "rows": rows[:SHOWN_ROWS],
        "total": len(rows),
        "text": text,
        "network": drawn(world, links),
    }


def _solutions(found: Mapping[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    if "boolean" in found:
        return ["answer"], [{"answer": {"type": "literal", "value": "yes" if found["boolean"] else "no", "short": ""}}]
    rows = found["results"]["bindings"]
    for row in rows:
        for term in row.values():
            term["short"] = _short(term["value"]) if term["type"] == "uri" else ""
    return found["head"]["vars"], rows


def _triples(reply: Reply) -> tuple[list[dict[str, Any]], list[Link]]:
    """The triples of a graph as rows, and those that link two things; what says of which class a thing is does not."""
    form = ox.RdfFormat.from_media_type(reply.media_type)
    triples = sorted({quad.triple for quad in ox.parse(reply.body, format=form)}, key=str)
    rows = [dict(zip(TRIPLE, map(_term, triple), strict=True)) for triple in triples]
    links = [
        (row["subject"]["short"], _local(row["property"]["value"]), row["object"]["short"])
        for row in rows
        if row["subject"]["short"] and row["object"]["short"] and row["property"]["value"] != TYPE
    ]
    return rows, links


def _term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value, "short": _short(term.value)}
    return {"type": "literal", "value": str(getattr(term, "value", term)), "short": ""}


def _things(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: term["short"] for name, term in row.items() if term["short"]}


def _short(iri: str) -> str:
    """The id of one of our things; empty for what is none."""
    return short(iri) if iri.startswith(str(ID)) else ""


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]
