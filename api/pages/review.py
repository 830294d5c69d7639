"""`/review`: the queue side by side, with forms that work without JavaScript, and what was decided so far."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.judging import judged, take_back
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
from graph.questions.answer import question
from graph.tables.world import World
from ontology.namespaces import short
from ontology.vocabulary import codes

SHOWN, HISTORY = 10, 50
BITS = 20
"""Points up to which the bar of a term grows."""
LONGEST = 400
Start = Annotated[int, Query(ge=0, le=10**6)]
Thing = Annotated[str, Query(max_length=LONGEST)]
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
) -> Response:
    """The pairs that wait for a person, or the pair `one` and `other`; and the judgements, which can be taken back."""
    return _page(request, world, library, start=start, one=one, other=other)


def _page(
    request: Request,
    world: World,
    library: Library,
    *,
    start: int = 0,
    one: str = "",
    other: str = "",
    problem: ConcertError | None = None,
) -> Response:
    names = names_of(world)
    listed: Sequence[Candidate] = library.review(names).queue
    pairs: list[dict[str, Any]] = []
    try:
        single = one or other
        pairs = [_asked(world, library, one, other)] if single else _shown(world, listed[start : start + SHOWN])
    except ConcertError as error:
        problem = problem or error
    history = judged(library, names)[::-1]
    efforts = any(pair["first"]["id"].startswith("programme/") for pair in pairs)
    return render(
        "review.html",
        world,
        status=problem.status if problem else 200,
        pairs=pairs,
        single=bool(one or other),
        total=len(listed),
        start=start,
        after=start + SHOWN if start + SHOWN < len(listed) else None,
        before=max(0, start - SHOWN) if start else None,
        history=told(library, world, history[:HISTORY]),
        judgements=len(history),
        writing=may_write(request),
        caveat=question("overlaps").header.caveat if efforts else CAVEAT,
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


def _asked(world: World, library: Library, one: str, other: str) -> dict[str, Any]:
    """A pair that somebody asks for, actors with their score. Raises NotFound and InvalidParameter."""
    ids = [world.merged.get(short(id_), short(id_)) for id_ in (one, other)]
    kind = ids[0].partition("/")[0]
    if ids[0] == ids[1] or not all(id_.startswith(("actor/", "programme/")) and id_.startswith(kind) for id_ in ids):
        raise InvalidParameter(
            "that is no pair to judge",
            parameter="other",
            given=other[:80],
            expected="the ids of two actors or of two programmes, which are not one already",
        )
    sides = portraits(world, ids) if kind == "actor" else _efforts(world, ids)
    for id_ in ids:
        if id_ not in sides:
            raise NotFound(f"nothing is known of {id_[:80]}", given=id_[:80], expected="an id as /api/search gives it")
    pair: dict[str, Any] = {"first": sides[ids[0]], "second": sides[ids[1]], "score": None, "prior": 0.0, "terms": ()}
    if kind == "actor":
        index = library.review(names_of(world)).index
        known = {profile.id: profile for profile in index.profiles}
        score, terms = index.compared(known[ids[0]], known[ids[1]])
        pair |= {"score": score, "terms": terms, "prior": weights()["prior"]}
    return pair | {"decisions": _decisions(kind)}


EFFORTS = """
select
    programme.id, min_by(label.label, programme.dataset) as label, min(programme.class) as class,
    min(thing.description) as description, list_sort(list(distinct programme.dataset)) as datasets,
    min(programme.status) as status, min(programme.starts) as starts, max(programme.ends) as ends,
    list_sort(list_distinct(flatten(list(programme.places)))) as places,
    list_sort(list_distinct(flatten(list(programme.domains)))) as domains,
    list_sort(list_distinct(flatten(list(programme.responses)))) as responses,
    list_sort(list_distinct(flatten(list(programme.targets)))) as targets
from programme
left join label on label.id = programme.id
left join thing on thing.id = programme.id
where programme.id in (select unnest($ids::varchar[]))
group by programme.id
"""
TAKING_PART = """
select programme, list_sort(list(distinct actor)) as actors
from participation
where programme in (select unnest($ids::varchar[])) and actor is not null
group by programme
"""


def _efforts(world: World, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What a reviewer looks at of programmes: the fields of a portrait that they have."""
    rows = world.rows(EFFORTS, {"ids": list(ids)})
    actors = {row["programme"]: row["actors"] for row in world.rows(TAKING_PART, {"ids": list(ids)})}
    fields = ("places", "domains", "responses", "targets", "actors")
    for row in rows:
        row["actors"] = actors.get(row["id"], [])
    named = {id_ for row in rows for name in fields for id_ in row[name]}
    found = world.rows(
        "select id, label from label where id in (select unnest($ids::varchar[]))", {"ids": sorted(named)}
    )
    labels = {row["id"]: row["label"] for row in found}
    return {
        row["id"]: row
        | {name: [{"id": id_, "label": labels.get(id_, id_)} for id_ in row[name]] for name in fields}
        | {"names": [], "acronyms": [], "identifiers": [], "countries": [], "part_of": [], "merged": []}
        for row in rows
    }


def _decisions(kind: str) -> list[tuple[str, str]]:
    return [(name, codes("decision")[name].label) for name, kinds in KINDS.items() if kind in kinds]


@router.post("/review/judgements")
async def enter(request: Request, world: ReaderWorld, library: ReaderLibrary, writer: Writer) -> Response:
    """Enter what the form says, then lead back to the queue; what can't be entered is told on the page."""
    sent = await sent_form(request)
    sent = {name: sent.get(name, "") for name in ("one", "other", "decision", "reason", "start")}

    def act() -> Response:
        try:
            entered(library, world, sent, writer)
        except ConcertError as error:
            return _page(request, world, library, one=sent["one"], other=sent["other"], problem=error)
        return _back(sent["start"])

    return await run_in_threadpool(act)


@router.post("/review/judgements/{number}")
async def withdraw(
    number: int, request: Request, world: ReaderWorld, library: ReaderLibrary, writer: Writer
) -> Response:
    """Take a judgement back, then lead back to the queue."""
    reason = (await sent_form(request)).get("reason", "")

    def act() -> Response:
        try:
            take_back(library, names_of(world), f"judgement/{number}", by=writer, reason=reason)
        except ConcertError as error:
            return _page(request, world, library, problem=error)
        return _back("")

    return await run_in_threadpool(act)


def _back(start: str) -> Response:
    query = f"?{urlencode({'start': start})}" if start.isdecimal() and start != "0" and len(start) < 7 else ""
    return RedirectResponse(f"/review{query}", 303)
