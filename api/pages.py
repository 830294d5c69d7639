"""The pages: the same answers as the API, as HTML that works without JavaScript."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

import viz
from api.negotiation import single
from api.visibility import ReaderLibrary, ReaderWorld
from graph.errors import ConcertError
from graph.network.build import network
from graph.network.catalogue import kind as network_kind
from graph.network.catalogue import kinds as network_kinds
from graph.questions.answer import Answer, ask, question
from graph.questions.catalogue import Column, catalogue
from graph.questions.parameters import COMMON, MAX_LIMIT, Parameter
from graph.readers.layout import sheets
from graph.tables.world import World
from graph.things.search import search
from ontology.namespaces import short
from ontology.vocabulary import Concept, codes, kinds

TEMPLATES = Path(viz.__file__).parent / "pages"
EXAMPLES = TEMPLATES / "examples"
SHOWN_ROWS = 500
router = APIRouter(include_in_schema=False)


@cache
def _environment() -> Environment:
    """The templates, compiled once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"plain": _plain, "local": _local, "kind_title": _kind_title, "thing_url": _thing_url}
    return environment


def _plain(value: Any, column: Column) -> str:
    match column.type:
        case "share":
            return f"{value:.0%}"
        case "number":
            return f"{value:,.3f}".rstrip("0").rstrip(".")
        case "integer":
            return f"{value:,}"
        case "boolean":
            return "yes" if value else "no"
    return str(value)


def _local(name: str) -> str:
    """The last part of a name, as words: `con:DrugsFlow` -> `Drugs flow`."""
    last = name.replace("/", ":").rpartition(":")[2]
    words = "".join(f" {c.lower()}" if c.isupper() and not last.isupper() else c for c in last).strip()
    return words[:1].upper() + words[1:].replace("-", " ")


def _kind_title(kind: str) -> str:
    return next((name for name, sheet in sheets().items() if sheet.kind == kind), f"{kind}s").capitalize()


def _thing_url(row: Mapping[str, Any]) -> str:
    kind = row["kind"]
    return (
        f"/questions/who-works-where?{kind}={row['id']}" if kind in kinds() and kind in COMMON else f"/id/{row['id']}"
    )


def render(template: str, world: World | None, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; everything in it is escaped."""
    text = _environment().get_template(template).render(world=world, **values)
    return HTMLResponse(text, status_code=status, headers={"Vary": "Accept"})


def options(world: World) -> dict[str, list[dict[str, Any]]]:
    """What the selects of the forms offer: every code list in its order of breadth, and the datasets."""
    found = {kind: list(_tree(codes(kind))) for kind in kinds()}
    found["dataset"] = [{"value": name, "id": name, "label": name, "depth": 0} for name in world.datasets]
    return found


def _tree(listed: Mapping[str, Concept], parent: str | None = None, depth: int = 0) -> list[dict[str, Any]]:
    children = [c for c in listed.values() if (parent in c.broader if parent else not c.broader)]
    return [
        line
        for c in sorted(children, key=lambda c: c.label)
        for line in (
            {"value": c.notation, "id": c.id, "label": c.label, "depth": depth},
            *_tree(listed, c.id, depth + 1),
        )
    ]


def _given(request: Request, parameters: Mapping[str, Parameter]) -> dict[str, list[str]]:
    """What the form sent, without the fields that were left empty."""
    sent = request.query_params
    names = dict.fromkeys(name for name, value in sent.multi_items() if value and name not in ("limit", "cursor"))
    return {name: sent.getlist(name) for name in names}


@router.get("/")
def start(world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What is known, at a glance."""
    counted = world.rows(
        "select kind, count(distinct id) as n from thing where kind in "
        "('actor', 'programme', 'flow', 'observation', 'recommendation', 'place') group by kind"
    )
    numbers = {row["kind"]: row["n"] for row in counted}
    counts = [(_kind_title(kind).lower(), numbers[kind]) for kind in numbers]
    return render(
        "start.html",
        world,
        counts=sorted(counts, key=lambda pair: -pair[1]),
        questions=list(catalogue().values()),
        datasets=_datasets(world, library),
    )


def _datasets(world: World, library: ReaderLibrary) -> list[dict[str, Any]]:
    described = {row["dataset"]: row for row in world.rows("select * from dataset_description")}
    covers = world.rows(
        "select coverage.dataset, string_agg(distinct label.label, ', ' order by label.label) as places, "
        "min(starts) as starts, max(ends) as ends from coverage join label on label.id = coverage.place "
        "group by coverage.dataset"
    )
    covered = {row["dataset"]: _covers(row) for row in covers}
    return [
        {
            **described[name],
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
        if name in described
    ]


def _covers(row: Mapping[str, Any]) -> str:
    period = f", {row['starts'] or '…'} to {row['ends'] or '…'}" if row["starts"] or row["ends"] else ""
    return f"{row['places']}{period}"


@router.get("/datasets")
def datasets(world: ReaderWorld, library: ReaderLibrary) -> Response:
    """What every answer rests on."""
    return render("datasets.html", world, datasets=_datasets(world, library))


@router.get("/questions")
def questions_page(world: ReaderWorld) -> Response:
    """Every question with how to read its answer."""
    return render("questions.html", world, questions=list(catalogue().values()))


@router.get("/questions/{name}")
def question_page(name: str, request: Request, world: ReaderWorld) -> Response:
    """A question: its form, its answer, and how to read it."""
    asked = question(name)
    given = _given(request, asked.parameters)
    answer, problem = None, None
    try:
        answer = ask(world, name, given, single(request, "limit"), single(request, "cursor"))
    except ConcertError as error:
        problem = error

    def link(**changed: str) -> str:
        if "format" not in changed:
            return f"/questions/{name}?{request.url.include_query_params(**changed).query}"
        whole = request.url.remove_query_params("cursor").include_query_params(limit=MAX_LIMIT, **changed)
        return f"/api/questions/{name}?{whole.query}"

    return render(
        "question.html",
        world,
        status=problem.status if problem else 200,
        question=asked,
        given=given,
        options=options(world),
        answer=answer,
        problem=problem,
        matrix=_matrix(answer) if answer else None,
        chips=_chips(world, asked.parameters, answer) if answer else [],
        columns_explained=[(c.title, c.about) for c in (answer.columns if answer else {}).values() if c.about],
        link=link,
    )


def _chips(world: World, parameters: Mapping[str, Parameter], answer: Answer) -> list[tuple[str, str]]:
    shown = []
    for name, value in answer.parameters.items():
        if name in parameters and parameters[name].default != str(value):
            values = value if isinstance(value, list) else [value]
            found = world.rows(
                "select id, label from label where list_contains($ids::varchar[], id)",
                {"ids": [str(v) for v in values]},
            )
            labels = {row["id"]: row["label"] for row in found}
            shown.append((parameters[name].title, ", ".join(labels.get(str(v), str(v)) for v in values)))
    return shown


def _matrix(answer: Answer) -> dict[str, Any] | None:
    """The answer as a table of two dimensions, where the question says which columns those are."""
    axes = answer.question.header.matrix
    if axes is None or not answer.rows:
        return None
    down, across, value = axes
    unknown = {"id": "", "label": "unknown"}
    labelled = [(row[down] or unknown, row[across] or unknown, row[value]) for row in answer.rows]
    columns = sorted({(c["label"], c["id"]) for _, c, _ in labelled})
    cells = {(r["id"], c["id"]): number for r, c, number in labelled}
    rows = sorted({(r["label"], r["id"]) for r, _, _ in labelled})
    return {
        "caption": f"{answer.columns[value].title}, {len(rows)} by {len(columns)}"
        + ("" if answer.next is None else "; only the rows listed below are in it"),
        "columns": [{"label": label} for label, _ in columns],
        "rows": [
            {
                "label": label,
                "cells": [_cell_of(cells.get((r, c)), r, c) for _, c in columns],
            }
            for label, r in rows
        ],
    }


def _cell_of(value: Any, row: str, column: str) -> dict[str, Any] | None:
    if value is None:
        return None
    asks = "&".join(f"{id_.partition('/')[0]}={quote(id_)}" for id_ in (row, column) if id_)
    whole = bool(row and column)
    return {"value": value, "url": f"/questions/who-works-where?{asks}" if whole else None}


def thing_page(request: Request, world: World, thing: Mapping[str, Any]) -> Response:
    """The dossier of a thing."""
    kind = thing["kind"]
    asks = [
        (other.header.title, f"/questions/{other.name}?{kind}={quote(thing['id'])}")
        for other in catalogue().values()
        if kind in COMMON and kind in other.parameters
    ]
    if thing["datasets"]:
        asks += [("Its surroundings", f"/networks/surroundings?thing={quote(thing['id'])}")]
    return render("thing.html", world, thing=thing, asks=asks)


@router.get("/search")
def search_page(world: ReaderWorld, q: str = "") -> Response:
    """Things found by any of their names."""
    try:
        return render("search.html", world, q=q, problem=None, found=search(world, q, limit=50))
    except ConcertError as error:
        return render("search.html", world, status=error.status, q=q, problem=error, found=None)


@router.get("/networks/{kind}")
def network_page(kind: str, request: Request, world: ReaderWorld) -> Response:
    """A network: its form, and the drawing in a frame of its own."""
    asked = network_kind(kind)
    given = _given(request, asked.parameters)
    drawn, problem = None, None
    try:
        drawn = network(world, kind, given, evidence=False, cache=request.app.state.drawn)
    except ConcertError as error:
        problem = error
    missing = problem is not None and not given
    return render(
        "network.html",
        world,
        status=200 if missing or problem is None else problem.status,
        kind=kind,
        network=asked,
        networks=network_kinds(),
        given=given,
        options=options(world),
        problem=problem,
        missing=missing,
        drawn=drawn,
        link=lambda form: f"/api/networks/{kind}?{request.url.include_query_params(format=form).query}",
    )


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
        status=problem.status if problem else 200,
        query=query or examples[0][1],
        examples=examples,
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
    return render("api.html", world, tags=tags, operations=operations)
