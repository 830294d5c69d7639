"""`/matrix`: who works where, as a table of two dimensions, and the programmes behind each number."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.pages.filters import FilterBar, filter_bar
from api.pages.kept import kept
from api.pages.rendering import options, render
from api.visibility import ReaderWorld
from graph.errors import ConcertError
from graph.questions.answer import ask, question
from graph.questions.parameters import COMMON
from viz.matrices.matrix import Matrix, Side, matrix, parameters

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
@kept
def matrix_page(request: Request, world: ReaderWorld) -> Response:
    """The matrix with its margins; every number leads to what is behind it."""
    bar = filter_bar(request, world, parameters())
    drawn, behind, problem = None, None, None
    try:
        drawn = matrix(world, bar.sent)
        behind = _behind(_filters(bar), drawn)
    except ConcertError as error:
        problem = error

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
@kept
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


def _behind(filters: Mapping[str, Sequence[str]], drawn: Matrix) -> Callable[[Side | None, Side | None], str | None]:
    """Gives the address of the programmes where a row and a column meet; None for a side: all of it.

    There are thousands of cells, so that every part of an address is written once.
    """
    rest = _query({name: texts for name, texts in filters.items() if name not in (drawn.down, drawn.across)})
    own = {kind: _query({kind: filters[kind]}) for kind in (drawn.down, drawn.across) if kind in filters}
    parts: dict[tuple[str, str | None], str] = {
        (kind, side.id): _query({kind: [side.id]})
        for kind, sides in ((drawn.down, drawn.rows), (drawn.across, drawn.columns))
        for side in sides
        if side.id is not None
    }

    def behind(row: Side | None, column: Side | None) -> str | None:
        meant = {kind: side for kind, side in ((drawn.down, row), (drawn.across, column)) if side}
        if any(side.id is None for side in meant.values()):
            return None  # programmes cannot be asked for by what is not told of them
        asked = [parts[kind, side.id] for kind, side in meant.items()]
        kept = [text for kind, text in own.items() if kind not in meant]
        return "/matrix/cell?" + "&".join([text for text in (rest, *kept, *asked) if text])

    return behind


def _filters(bar: FilterBar) -> dict[str, Sequence[str]]:
    """The common filters that are in force."""
    return {name: values for name, values in bar.sent.items() if name in COMMON}


def _query(given: Mapping[str, Sequence[str]]) -> str:
    return urlencode([(name, value) for name, values in given.items() for value in values])


def _is_there(row: Mapping[str, Any], meant: Mapping[str, Any]) -> bool:
    """Whether a programme is recorded for the very place that was asked for, not only for one around or within it."""
    places = meant.get("place")
    return not places or any(place["id"] in places for place in row["places"])
