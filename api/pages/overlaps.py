"""`/overlaps`: pairs of programmes that are alike, that may be doing the same, or that are one effort told of twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import single
from api.pages.address import address
from api.pages.comparing import compare_address, decisions_of, evidence_of, terms_of, weights_of
from api.pages.filters import FilterBar, filter_bar
from api.pages.kept import kept
from api.pages.rendering import options, render
from api.visibility import ReaderLibrary, ReaderWorld
from graph.errors import ConcertError
from graph.library import Library
from graph.questions.answer import Answer, ask, question
from graph.questions.looking import Look, looks
from graph.questions.parameters import MAX_LIMIT, Parameter, resolve
from graph.tables.world import World
from ontology.vocabulary import codes


@dataclass(frozen=True)
class View:
    """One of the three lists; `chosen` is the parameter of its question that stands as buttons above it."""

    name: str
    title: str
    question: str
    chosen: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()


CLASSES = ("possibly-duplicating", "undetermined", "coordinated")
"""The verdicts of a possible duplication, in the order of the answer."""
DECIDED = (
    (
        "identifiers",
        "Decided",
        "Identifiers that name each other, or people who looked, say that they are one effort.",
    ),
    ("score", "For review", "Title, actors, place, period and money are alike; nobody has decided."),
)
VIEWS = {
    view.name: view
    for view in (
        View("overlaps", "Overlaps", "overlaps"),
        View("duplication", "Possible duplication", "possible-duplication", "verdict"),
        View("twice", "Told of twice", "double-reporting", "by", DECIDED),
    )
}
VIEW = Parameter(title="View", type="choice", of=tuple(VIEWS), default="overlaps", about="which pairs are listed")
ASIDE = ("view", "first")
"""Where somebody is on the page: neither a filter nor part of the question."""
SHOWN = "25"
"""Pairs on one page without a limit in the address: each holds all that it rests on."""
router = APIRouter(include_in_schema=False)


@router.get("/overlaps")
@kept
def overlaps_page(request: Request, world: ReaderWorld, library: ReaderLibrary) -> Response:
    """The list of one view; every pair opens side by side."""
    view = VIEWS.get(request.query_params.get("view") or "overlaps", VIEWS["overlaps"])
    asked = question(view.question)
    bar = _tidy(filter_bar(request, world, asked.parameters | {"view": VIEW}), view)
    sent = {name: values for name, values in bar.sent.items() if name not in ASIDE}
    answer, problem, rows = None, None, []
    try:
        resolve(world, {"view": VIEW}, {"view": bar.sent.get("view", ())})
        sent = {name: values for name, values in sent.items() if name not in _others(view)}
        answer = ask(world, view.question, sent, single(request, "limit") or SHOWN, single(request, "cursor"))
        rows = _rows(request, world, library, view, answer)
    except ConcertError as error:
        problem = error
    return render(
        "overlaps.html",
        world,
        status=problem.status if problem else 200,
        request=request,
        question=asked,
        view=view,
        views=[(each, _switched(request, each)) for each in VIEWS.values()],
        choices=_choices(request, view, sent),
        bar=bar,
        options=options(world),
        answer=answer,
        rows=rows,
        first=_first(request, answer),
        links=_links(request, view, answer, sent),
        problem=problem,
    )


def _tidy(bar: FilterBar, view: View) -> FilterBar:
    """The bar without what is chosen by a link on the page."""
    chips = tuple(chip for chip in bar.chips if chip.title != VIEW.title)
    return replace(bar.without({"view", view.chosen}), chips=chips)


def _others(view: View) -> set[str]:
    """What only other views take: a link between the views leaves it out, a hand-written address may not."""
    return {each.chosen for each in VIEWS.values() if each.chosen and each is not view}


def _rows(request: Request, world: World, library: Library, view: View, answer: Answer) -> list[dict[str, Any]]:
    pairs = [(row["programme"]["id"], row["other"]["id"]) for row in answer.rows]
    twice = view.name == "twice"
    known = looks(world, answer.joined) if answer.joined else {}
    seen = [known.get(pair) or Look(twice, None, (), None) for pair in pairs]
    standing = [each.judgement for each in seen if each.judgement] or twice
    decided = decisions_of(library, world, pairs, seen) if standing else [[] for _ in pairs]
    weights = weights_of(world)
    back = request.url.query
    return [
        {
            "look": each,
            "terms": evidence_of(row) if twice else terms_of(row, weights),
            "unknown": [] if twice else row["unknown"],
            "judged": next((one for one in judgements if not one["withdrawn"]), None),
            "compare": compare_address(*pair, back),
        }
        for row, pair, each, judgements in zip(answer.rows, pairs, seen, decided, strict=True)
    ]


def _kept(request: Request, *without: str) -> list[tuple[str, str]]:
    return [(n, v) for n, v in request.query_params.multi_items() if v and n not in ("cursor", "first", *without)]


def _switched(request: Request, view: View) -> str:
    kept = _kept(request, "view", *(each.chosen for each in VIEWS.values()))
    return address("/overlaps", [*kept, *([("view", view.name)] if view.name != "overlaps" else [])])


def _choices(request: Request, view: View, sent: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The buttons above the list, each with the address that takes it in or out of the filter."""
    if not view.chosen:
        return []
    listed = view.choices or tuple(
        (name, codes("verdict")[name].label, codes("verdict")[name].definition) for name in CLASSES
    )
    given = {value.rpartition("/")[2] for value in sent.get(view.chosen, ())}
    kept = _kept(request, view.chosen)
    found = []
    for name, label, about in listed:
        # Several verdicts can be wanted at once; of two ways to decide only one.
        wanted = given ^ {name} if not view.choices else {name} - given
        found.append(
            {
                "name": name,
                "label": label,
                "about": about,
                "on": name in given,
                "url": address("/overlaps", [*kept, *((view.chosen, each) for each in sorted(wanted))]),
            }
        )
    return found


def _first(request: Request, answer: Answer | None) -> int:
    """The rank of the first row: those of the pages before come before it."""
    told = request.query_params.get("first", "1")
    follows = answer and answer.rows and single(request, "cursor") and told.isdecimal() and len(told) < 9
    return int(told) if follows else 1


def _links(request: Request, view: View, answer: Answer | None, sent: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where else the same is found: the next page, the table, and files with everything that is asked for."""
    if answer is None:
        return {}
    asked = [(name, value) for name, values in sent.items() for value in values]
    links = {"table": f"/questions/{view.question}?{urlencode(asked)}"}
    for form in ("csv", "xlsx", "json"):
        links[form] = f"/api/questions/{view.question}?{urlencode([*asked, ('limit', MAX_LIMIT), ('format', form)])}"
    if answer.next:
        first = _first(request, answer) + len(answer.rows)
        links["next"] = address("/overlaps", [*_kept(request), ("cursor", answer.next), ("first", str(first))])
    return links
