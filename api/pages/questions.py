"""`/questions`: what can be asked, and each answer as a table and as a matrix."""

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import single
from api.pages.filters import filter_bar
from api.pages.kept import kept
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.questions.answer import Answer, ask, question
from graph.questions.catalogue import catalogue
from graph.questions.parameters import MAX_LIMIT

GROUPS = (
    ("Who does what", ("who-works-where", "presence-matrix", "programmes", "actor-portfolio", "mandates", "obstacles")),
    ("What is missing", ("gaps", "corridor-gaps", "evidence-gaps", "ending-soon", "supply-demand-balance")),
    ("Who does the same", ("overlaps", "possible-duplication", "double-reporting", "fragmentation")),
    ("Who should talk", ("should-meet", "best-placed")),
    ("What is trafficked", ("flows", "figures", "contested-figures", "cross-domain")),
    ("What was promised and proposed", ("commitments", "recommendations", "assessments")),
)
"""Questions by what a reader comes for; a new one that is in no group stands under the last heading, More."""
PAIRS = frozenset({"overlaps", "possible-duplication", "double-reporting"})
"""Questions whose rows are two programmes, which can be laid side by side and judged."""
SHOWN = "50"
"""Rows on one page without a limit in the address, but for a question of two dimensions, whose rows are its cells."""
router = APIRouter(include_in_schema=False)


@router.get("/questions")
@kept
def questions_page(request: Request, world: ReaderWorld) -> Response:
    """Every question with how to read its answer."""
    told = catalogue()
    named = [(title, [told[name] for name in names if name in told]) for title, names in GROUPS]
    rest = [told[name] for name in told if not any(name in names for _, names in GROUPS)]
    return render("questions.html", world, request=request, groups=[*named, *([("More", rest)] if rest else [])])


@router.get("/questions/{name}")
@kept
def question_page(name: str, request: Request, world: ReaderWorld) -> Response:
    """A question: its form, its answer, and how to read it."""
    asked = question(name)
    bar = filter_bar(request, world, asked.parameters)
    answer, problem = None, None
    try:
        limit = single(request, "limit") or (None if asked.header.matrix else SHOWN)
        answer = ask(world, name, bar.sent, limit, single(request, "cursor"))
    except ConcertError as error:
        problem = error

    def link(**changed: str) -> str:
        if "format" not in changed:
            return f"/questions/{name}?{request.url.include_query_params(**changed).query}"
        sent = [(key, value) for key, values in bar.sent.items() for value in values]
        return f"/api/questions/{name}?{urlencode([*sent, ('limit', MAX_LIMIT), *changed.items()])}"

    return render(
        "question.html",
        world,
        status=problem.status if problem else 200,
        question=asked,
        bar=bar,
        options=options(world),
        answer=answer,
        compares=name in PAIRS,
        problem=problem,
        matrix=_matrix(answer) if answer else None,
        columns_explained=[(c.title, c.about) for c in (answer.columns if answer else {}).values() if c.about],
        link=link,
    )


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
