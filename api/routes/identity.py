"""`/api/candidates` and `/api/judgements`: what may be one and waits for a person, and what people decided."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.judging import judge, judged, take_back
from api.negotiation import JSON
from api.paging import LONGEST, page
from api.problems import responses
from api.sent import sent_object
from api.visibility import ReaderLibrary, ReaderWorld
from api.writing import Writer
from graph.identity.comparison import weights
from graph.identity.judgements import KINDS, Judgement
from graph.identity.portraits import portraits
from graph.library import Library
from graph.tables.world import World
from ontology.vocabulary import codes

CAVEAT = (
    "Names alone prove nothing: a pair is proposed for a person to look at. Two bodies may differ in one word, and a"
    " branch abroad is often an actor of its own."
)
FIELDS = ("one", "other", "decision", "reason")
EXAMPLE = {"one": "actor/iom", "other": "actor/my-3w.iom", "decision": "same", "reason": "The same seat and statutes."}
THING: dict[str, Any] = {
    "type": "object",
    "required": ["id", "label"],
    "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
}
JUDGEMENT: dict[str, Any] = {
    "type": "object",
    "required": ["id", "one", "other", "decision", "by", "at", "reason", "withdrawn"],
    "properties": {
        "id": {"type": "string"},
        "one": THING,
        "other": THING,
        "decision": THING,
        "by": {"type": "string", "description": "the name under which it was entered"},
        "at": {"type": "string", "format": "date-time"},
        "reason": {"type": "string"},
        "withdrawn": {
            "type": ["object", "null"],
            "description": "where it was taken back: by, at and reason",
            "required": ["by", "at", "reason"],
        },
    },
}
OUTCOME: dict[str, Any] = {
    "type": "object",
    "required": ["judgement", "kept", "contradictions"],
    "properties": {
        "judgement": JUDGEMENT,
        "kept": {"type": ["string", "null"], "description": "the id under which the two are known, where they are one"},
        "contradictions": {"type": "array", "items": {"type": "string"}, "description": "what else says the opposite"},
    },
}
LISTED: dict[str, Any] = {
    "total": {"type": "integer", "minimum": 0},
    "next": {"type": ["string", "null"], "description": "the cursor of the next page"},
}
PORTRAIT: dict[str, Any] = {
    "type": "object",
    "required": [
        "id",
        "label",
        "class",
        "names",
        "acronyms",
        "identifiers",
        "countries",
        "part_of",
        "datasets",
        "efforts",
    ],
    "properties": {
        "id": {"type": "string"},
        "label": {"type": "string"},
        "merged": {"type": "array", "items": {"type": "string"}},
    },
}
CANDIDATE: dict[str, Any] = {
    "type": "object",
    "required": ["first", "second", "score", "prior", "terms"],
    "properties": {
        "first": PORTRAIT,
        "second": PORTRAIT,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "prior": {"type": "number", "description": "bits of evidence before anything is compared"},
        "terms": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["term", "points", "seen"],
                "properties": {
                    "term": {"type": "string"},
                    "points": {"type": "number", "description": "bits of evidence: each doubles the odds"},
                    "seen": {"type": "string"},
                },
            },
        },
    },
}


def _told(name: str, item: dict[str, Any], **more: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    schema = {
        "type": "object",
        "required": [name, "total", "next", *more],
        "properties": {name: {"type": "array", "items": item}, **LISTED, **more},
    }
    return {200: {"description": "The list", "content": {JSON: {"schema": schema}}}, **responses(400)}


Limit = Annotated[int, Query(ge=1, le=200, description="how many of one page", examples=[20])]
Cursor = Annotated[str | None, Query(max_length=LONGEST, description="`next` of the page before")]
router = APIRouter(prefix="/api", tags=["Identity"])


def names_of(world: World) -> frozenset[str]:
    """The datasets that a reader sees, as the library takes them."""
    return frozenset(world.datasets)


@router.get(
    "/candidates", summary="Actors that may be one", responses=_told("candidates", CANDIDATE, caveat={"type": "string"})
)
def read_candidates(
    world: ReaderWorld, library: ReaderLibrary, limit: Limit = 20, cursor: Cursor = None
) -> dict[str, Any]:
    """Pairs that nobody has judged yet, the likeliest first, each with both actors and what its score is made of.

    The score is the probability that the two are one: the points of all terms and the prior add up to its odds, in
    bits. For example `/api/candidates?limit=20`.
    """
    queue = library.review(names_of(world)).queue
    found = page(queue, world.key, limit, cursor)
    shown = portraits(world, {id_ for one in found.items for id_ in (one.first, one.second)})
    return {
        "candidates": [
            {
                "first": shown[one.first],
                "second": shown[one.second],
                "score": one.score,
                "prior": weights()["prior"],
                "terms": [{"term": t.name, "points": round(t.points, 2), "seen": t.seen} for t in one.terms],
            }
            for one in found.items
        ],
        "total": found.total,
        "next": found.next,
        "caveat": CAVEAT,
    }


@router.get("/judgements", summary="What people decided", responses=_told("judgements", JUDGEMENT))
def read_judgements(
    world: ReaderWorld, library: ReaderLibrary, limit: Limit = 50, cursor: Cursor = None
) -> dict[str, Any]:
    """Every judgement on two things that you see, the latest first; those that were taken back say so.

    For example `/api/judgements?limit=50`.
    """
    history = judged(library, names_of(world))[::-1]
    found = page(history, f"judgements {len(history)}", limit, cursor)
    return {"judgements": told(library, world, found.items), "total": found.total, "next": found.next}


@router.post(
    "/judgements",
    summary="Decide how two things stand to each other",
    responses={
        200: {"description": "The judgement, which is on disk", "content": {JSON: {"schema": OUTCOME}}},
        **responses(400, 403, 404, 413, 423),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": {
                        "type": "object",
                        "required": list(FIELDS),
                        "additionalProperties": False,
                        "properties": {
                            "one": {"type": "string", "maxLength": 400},
                            "other": {"type": "string", "maxLength": 400},
                            "decision": {"type": "string", "enum": list(KINDS)},
                            "reason": {"type": "string", "minLength": 1, "maxLength": 2000},
                        },
                    },
                    "example": EXAMPLE,
                }
            },
        }
    },
)
async def enter(request: Request, world: ReaderWorld, library: ReaderLibrary, writer: Writer) -> Response:
    """Enter a judgement on two actors (same, different) or two programmes (one-effort, different, duplicating,
    not-duplicating, coordinated), with its reason.

    It counts in every answer from the next request on. Only those who may write can do this: where the settings of the
    server say nothing else, that is the machine on which it runs.
    """
    sent = await sent_object(request, FIELDS)
    return JSONResponse(await run_in_threadpool(entered, library, world, sent, writer))


def entered(library: Library, world: World, sent: Mapping[str, str], by: str) -> dict[str, Any]:
    """Enter what was sent, and tell what came of it. Raises what `judge` raises."""
    names = names_of(world)
    made = judge(library, names, sent["one"], sent["other"], sent["decision"], by=by, reason=sent["reason"])
    merging = library.settled(names).merging
    kept = {merging.kept.get(id_, id_) for id_ in made.pair}
    involved = {id_ for one in kept for id_ in merging.members.get(one, (one,))}
    return {
        "judgement": told(library, world, [made])[0],
        "kept": kept.pop() if len(kept) == 1 else None,
        "contradictions": [one.said for one in merging.contradictions if {one.first, one.second} & involved],
    }


@router.delete(
    "/judgements/{number}",
    summary="Take a judgement back",
    responses={
        200: {"description": "The judgement, which counts no longer", "content": {JSON: {"schema": JUDGEMENT}}},
        **responses(400, 403, 404, 423),
    },
)
def withdraw(
    world: ReaderWorld,
    library: ReaderLibrary,
    writer: Writer,
    number: Annotated[int, Path(ge=1, le=10**9, description="the number in its id", examples=[1])],
    reason: Annotated[str, Query(max_length=2000, description="why, in words", examples=["A slip of the mouse."])],
) -> dict[str, Any]:
    """Take back the judgement `judgement/<number>`: every answer is again what it was before. The history keeps it.

    For example `/api/judgements/1?reason=A slip of the mouse`.
    """
    gone = take_back(library, names_of(world), f"judgement/{number}", by=writer, reason=reason)
    return told(library, world, [gone])[0]


def told(library: Library, world: World, judgements: Any) -> list[dict[str, Any]]:
    """Judgements as the API gives them."""
    labels = library.held(names_of(world), {id_ for one in judgements for id_ in one.pair})
    return [_judgement(one, labels) for one in judgements]


def _judgement(one: Judgement, labels: Mapping[str, str]) -> dict[str, Any]:
    gone = one.withdrawn
    return {
        "id": one.id,
        "one": {"id": one.first, "label": labels.get(one.first, one.first)},
        "other": {"id": one.second, "label": labels.get(one.second, one.second)},
        "decision": {"id": f"decision/{one.decision}", "label": codes("decision")[one.decision].label},
        "by": one.by,
        "at": one.at.isoformat(),
        "reason": one.reason,
        "withdrawn": {"by": gone.by, "at": gone.at.isoformat(), "reason": gone.reason} if gone else None,
    }
