"""`/matrix`: who works where, as a table of two dimensions, and the programmes behind each number."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.filters import FilterBar, filter_bar
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.questions.answer import ask, question
from graph.questions.parameters import COMMON
from viz.matrices.matrix import Side, matrix, parameters

BEHIND = 100
"""Programmes shown behind one number."""
MEANINGS = {
    "ended": "worked on once, nothing runs now",
    "planned": "only proposed",
    "none-recorded": "a dataset covers it and records nobody",
    "no-source": "no dataset covers it, so nobody may have looked",
}
router = APIRouter(include_in_schema=False)


@router.get("/matrix")
def matrix_page(request: Request, world: ReaderWorld) -> Response:
    """The matrix with its margins; every number leads to what is behind it."""
    bar = filter_bar(request, world, parameters())
    drawn, problem = None, None
    try:
        drawn = matrix(world, bar.sent)
    except ConcertError as error:
        problem = error

    def behind(row: Side | None, column: Side | None) -> str | None:
        """The address of the programmes where a row and a column meet; None for a side: all of it."""
        assert drawn is not None
        sides = [(drawn.down, row), (drawn.across, column)]
        if any(side and side.id is None for _, side in sides):
            return None  # programmes cannot be asked for by what is not told of them
        meant = {kind: [str(side.id)] for kind, side in sides if side}
        return f"/matrix/cell?{_query({**_filters(bar), **meant})}"

    api = _query(bar.sent)
    return render(
        "matrix.html",
        world,
        status=problem.status if problem else 200,
        bar=bar,
        options=options(world),
        matrix=drawn,
        problem=problem,
        behind=behind,
        meanings=MEANINGS,
        question=question("presence-matrix"),
        files=lambda form: f"/api/matrix?{api}{'&' if api else ''}format={form}",
    )


@router.get("/matrix/cell")
def cell_page(request: Request, world: ReaderWorld) -> Response:
    """The programmes behind one number, each with what it rests on."""
    taken = question("programmes").parameters
    bar = filter_bar(request, world, taken)
    answer, problem = None, None
    try:
        answer = ask(world, "programmes", bar.sent, limit=BEHIND)
    except ConcertError as error:
        problem = error
    rows = answer.rows if answer else []
    meant: Mapping[str, Any] = answer.parameters if answer else {}
    return render(
        "cell.html",
        world,
        status=problem.status if problem else 200,
        bar=bar,
        problem=problem,
        answer=answer,
        exact=[row for row in rows if _is_there(row, meant)],
        wider=[row for row in rows if not _is_there(row, meant)],
        told={field.parameter.title: [value.label for value in field.values] for field in bar.fields if field.values},
        whole=f"/questions/who-works-where?{_query(_filters(bar))}",
    )


def _filters(bar: FilterBar) -> dict[str, Sequence[str]]:
    """The common filters that are in force."""
    return {name: values for name, values in bar.sent.items() if name in COMMON}


def _query(given: Mapping[str, Sequence[str]]) -> str:
    return urlencode([(name, value) for name, values in given.items() for value in values])


def _is_there(row: Mapping[str, Any], meant: Mapping[str, Any]) -> bool:
    """Whether a programme is recorded for the very place that was asked for, not only for one around or within it."""
    places = meant.get("place")
    return not places or any(place["id"] in places for place in row["places"])
