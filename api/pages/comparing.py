"""Two programmes side by side: the one comparison page, that `/review` shows and `/overlaps` opens in its drawer."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.judging import judged
from api.pages.rendering import render
from api.routes.identity import names_of, told
from api.writing import may_write
from graph.errors import ConcertError, NotFound
from graph.library import Library
from graph.questions.answer import question
from graph.questions.looking import Look, look
from graph.tables.world import World
from graph.things.compared import compared
from graph.things.fields import DIFFERENT, PARTLY, SAME, UNKNOWN, WITHIN, Line, Part
from ontology.vocabulary import codes

DECISIONS = ("duplicating", "not-duplicating", "coordinated", "one-effort", "different")
"""What can be decided of two programmes, in the order in which a reviewer thinks of it."""
FOLLOWS = {
    "duplicating": "Stays listed, and says that people confirmed it.",
    "not-duplicating": "Stays listed, and says that people looked and found none.",
    "coordinated": "Adds a link between the two with your reason; a possible duplication is then called coordinated.",
    "one-effort": "Counts the two records once in every answer, and lists them as told of twice.",
    "different": "Keeps the two apart, and takes them off the list of what may be told of twice.",
}
MARKS = {SAME: "=", PARTLY: "≈", WITHIN: "⊂", DIFFERENT: "≠", UNKNOWN: "?"}
TERMS = (
    ("g", "Place", None),
    ("tau", "Period", None),
    ("response_jaccard", "Responses", "response"),
    ("target_jaccard", "For whom", "target"),
    ("domain_jaccard", "Domain", "domain"),
)
"""Column of the question on overlaps -> what a reader calls it, and under what name it is weighed; none multiplies."""
EVIDENCE = (
    ("title", "Titles"),
    ("lead", "Leads"),
    ("funder", "Funders"),
    ("place", "Place"),
    ("period", "Period"),
    ("budget", "Budget"),
)
"""Column of the question on double reporting, which has its weight beside it -> what a reader calls it."""
BITS = 20.0
"""Points to which the bar of a term of evidence grows: odds of a million to one."""


def terms_of(overlap: Mapping[str, Any], weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """The terms of an overlap's score, each with its weight, for the bars."""
    return [
        {"title": title, "value": overlap[name], "weight": weights[weight] if weight else None}
        for name, title, weight in TERMS
    ]


def evidence_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The terms by which two records may be one effort: bits for it, or below 0 against it."""
    return [
        {"title": title, "value": row[f"{name}_weight"], "said": row[name], "most": BITS} for name, title in EVIDENCE
    ]


def weights_of(world: World) -> dict[str, float]:
    """What counts how much in the score of an overlap."""
    return world.rows(question("overlaps").parts["weights"])[0]


def compare_address(one: str, other: str, back: str = "") -> str:
    """Where two programmes stand side by side; `back` is the query of the list to which that page leads back."""
    return "/review?" + urlencode({"one": one, "other": other} | ({"back": back} if back else {}))


def decisions_of(
    library: Library, world: World, pairs: Sequence[tuple[str, str]], looks: Sequence[Look]
) -> list[list[dict[str, Any]]]:
    """What was decided of some pairs, the latest first, as the API gives it: a list for each pair."""
    history = judged(library, names_of(world))[::-1]
    found = []
    for pair, seen in zip(pairs, looks, strict=True):
        found.append([one for one in history if set(one.pair) == set(pair) or one.id == seen.judgement])
    listed = [one for each in found for one in each]
    spoken = {each["id"]: each for each in told(library, world, listed)} if listed else {}
    return [[spoken[one.id] for one in each] for each in found]


def compared_page(
    request: Request,
    world: World,
    library: Library,
    pair: tuple[str, str],
    *,
    back: str = "",
    problem: ConcertError | None = None,
) -> Response:
    """The two programmes with these short ids. Raises NotFound where one of them is not known."""
    found, seen = compared(world, *pair), look(world, pair)
    if found is None or seen is None:
        raise NotFound(
            f"nothing is known of {pair[0][:80]} or {pair[1][:80]}",
            given=" ".join(pair)[:160],
            expected="ids of programmes as /api/search gives them",
        )
    (history,) = decisions_of(library, world, [pair], [seen])
    leads = [next((part.id for part in side), None) for side in _leads(found.lines)]
    return render(
        "compared.html",
        world,
        status=problem.status if problem else 200,
        request=request,
        pair=found,
        look=seen,
        terms=terms_of(seen.overlap, weights_of(world)) if seen.overlap else [],
        verdict=_verdict(seen),
        report=found.report,
        evidence=evidence_of(found.report) if found.report else [],
        marks=MARKS,
        history=history,
        standing=next((each for each in history if not each["withdrawn"]), None),
        decisions=[(name, codes("decision")[name].label, FOLLOWS[name]) for name in DECISIONS],
        writing=may_write(request),
        ties=_ties(*leads),
        back=back,
        problem=problem,
        caveat=question("possible-duplication").header.caveat,
    )


def _ties(one: str | None, other: str | None) -> str | None:
    """Where the network shows how two actors are connected."""
    return f"/explorer/path?{urlencode({'start': one, 'end': other})}" if one and other and one != other else None


def _leads(lines: Sequence[Line]) -> tuple[Sequence[Part], Sequence[Part]]:
    line = next(line for line in lines if line.name == "leads")
    return line.one, line.other


def _verdict(seen: Look) -> dict[str, str] | None:
    if not seen.overlap:
        return None
    code = codes("verdict")[seen.overlap["verdict"].partition("/")[2]]
    return {"id": code.id, "label": code.label}
