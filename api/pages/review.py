"""`/review`: what waits for a person, with forms that work without JavaScript, and what was decided so far.

Two programmes stand side by side on a page of their own (`comparing`); the forms of both lead here.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.judging import judged, take_back
from api.pages.comparing import compare_address, compared_page
from api.pages.rendering import render
from api.routes.identity import CAVEAT, entered, names_of, told
from api.sent import sent_form
from api.visibility import ReaderLibrary, ReaderWorld
from api.writing import Writer, may_write
from graph.errors import ConcertError, InvalidParameter, NotFound
from graph.identity.actors import Candidate
from graph.identity.comparison import weights
from graph.identity.judgements import KINDS
from graph.identity.portraits import portraits
from graph.library import Library
from graph.tables.world import World
from ontology.namespaces import short
from ontology.vocabulary import codes

SHOWN, HISTORY = 10, 50
BITS = 20
"""Points up to which the bar of a term grows."""
LONGEST = 400
Start = Annotated[int, Query(ge=0, le=10**6)]
Thing = Annotated[str, Query(max_length=LONGEST)]
Back = Annotated[str, Query(max_length=4 * LONGEST)]
router = APIRouter(include_in_schema=False)


@router.get("/review")
def review_page(
    request: Request,
    world: ReaderWorld,
    library: ReaderLibrary,
    *,
    start: Start = 0,
    one: Thing = "",
    other: Thing = "",
    back: Back = "",
) -> Response:
    """The pairs that wait for a person, or the pair `one` and `other`; and the judgements, which can be taken back."""
    return _page(request, world, library, start=start, one=one, other=other, back=back)


def _page(
    request: Request,
    world: World,
    library: Library,
    *,
    start: int = 0,
    one: str = "",
    other: str = "",
    back: str = "",
    problem: ConcertError | None = None,
) -> Response:
    """The page; what can't be shown is told on it, after what could not be entered."""
    try:
        pair = _pair(world, one, other) if one or other else None
        if pair and pair[0].startswith("programme/"):
            return compared_page(request, world, library, pair, back=back, problem=problem)
    except ConcertError as error:
        pair, problem = None, problem or error
    names = names_of(world)
    listed: Sequence[Candidate] = library.review(names).queue
    shown: list[dict[str, Any]] = []
    try:
        if pair:
            shown = [_asked(world, library, pair)]
        elif not (one or other):
            shown = _shown(world, listed[start : start + SHOWN])
    except ConcertError as error:
        problem = problem or error
    history = judged(library, names)[::-1]
    return render(
        "review.html",
        world,
        status=problem.status if problem else 200,
        request=request,
        pairs=shown,
        single=bool(one or other),
        total=len(listed),
        start=start,
        after=start + SHOWN if start + SHOWN < len(listed) else None,
        before=max(0, start - SHOWN) if start else None,
        history=told(library, world, history[:HISTORY]),
        judgements=len(history),
        writing=may_write(request),
        caveat=CAVEAT,
        bits=BITS,
        problem=problem,
    )


def _shown(world: World, candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    sides = portraits(world, {id_ for each in candidates for id_ in (each.first, each.second)})
    return [
        {
            "first": sides[each.first],
            "second": sides[each.second],
            "score": each.score,
            "prior": weights()["prior"],
            "terms": each.terms,
            "decisions": _decisions("actor"),
        }
        for each in candidates
    ]


def _pair(world: World, one: str, other: str) -> tuple[str, str]:
    """The ids of two things that can be judged, as they are known here. Raises InvalidParameter."""
    first, second = (world.merged.get(short(id_), short(id_)) for id_ in (one, other))
    kind = first.partition("/")[0]
    if first == second or kind not in ("actor", "programme") or not second.startswith(f"{kind}/"):
        raise InvalidParameter(
            "that is no pair to judge",
            parameter="other",
            given=other[:80],
            expected="the ids of two actors or of two programmes, which are not one already",
        )
    return first, second


def _asked(world: World, library: Library, pair: tuple[str, str]) -> dict[str, Any]:
    """Two actors that somebody asks for, with their score. Raises NotFound."""
    sides = portraits(world, pair)
    for id_ in pair:
        if id_ not in sides:
            raise NotFound(f"nothing is known of {id_[:80]}", given=id_[:80], expected="an id as /api/search gives it")
    index = library.review(names_of(world)).index
    known = {profile.id: profile for profile in index.profiles}
    score, terms = index.compared(known[pair[0]], known[pair[1]])
    return {
        "first": sides[pair[0]],
        "second": sides[pair[1]],
        "score": score,
        "prior": weights()["prior"],
        "terms": terms,
        "decisions": _decisions("actor"),
    }


def _decisions(kind: str) -> list[tuple[str, str]]:
    return [(name, codes("decision")[name].label) for name, kinds in KINDS.items() if kind in kinds]


@router.post("/review/judgements")
async def enter(request: Request, world: ReaderWorld, library: ReaderLibrary, writer: Writer) -> Response:
    """Enter what the form says, then lead back to where it stood; what can't be entered is told on the page."""
    sent = await _sent(request)

    def act() -> Response:
        try:
            entered(library, world, sent, writer)
        except ConcertError as error:
            return _again(request, world, library, sent, error)
        return _after(sent)

    return await run_in_threadpool(act)


@router.post("/review/judgements/{number}")
async def withdraw(
    number: int, request: Request, world: ReaderWorld, library: ReaderLibrary, writer: Writer
) -> Response:
    """Take a judgement back, then lead back to where the form stood."""
    sent = await _sent(request)

    def act() -> Response:
        try:
            take_back(library, names_of(world), f"judgement/{number}", by=writer, reason=sent["reason"])
        except ConcertError as error:
            return _again(request, world, library, sent, error)
        return _after(sent)

    return await run_in_threadpool(act)


async def _sent(request: Request) -> dict[str, str]:
    sent = await sent_form(request)
    return {name: sent.get(name, "") for name in ("one", "other", "decision", "reason", "start", "back")}


def _again(
    request: Request, world: World, library: Library, sent: Mapping[str, str], problem: ConcertError
) -> Response:
    return _page(request, world, library, one=sent["one"], other=sent["other"], back=sent["back"], problem=problem)


def _after(sent: Mapping[str, str]) -> Response:
    """To the two programmes, which say what was decided; else back to the queue."""
    if short(sent["one"]).startswith("programme/"):
        return RedirectResponse(compare_address(sent["one"], sent["other"], sent["back"]), 303)
    start = sent["start"]
    query = f"?{urlencode({'start': start})}" if start.isdecimal() and start != "0" and len(start) < 7 else ""
    return RedirectResponse(f"/review{query}", 303)
