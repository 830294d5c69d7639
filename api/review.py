"""`concert review`: the queue of actors that may be one as a table, and what a person decides about it."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.judging import judge, judged, take_back
from api.visibility import visible
from graph.errors import InvalidParameter
from graph.identity.actors import Candidate
from graph.identity.judgements import KINDS, Judgement
from graph.library import Library
from ontology.vocabulary import codes

ACTS = ("list", "accept", "reject", "decide", "undo", "history")
DECISIONS = {"accept": "same", "reject": "different"}


def review(
    library: Library,
    act: str = "list",
    words: tuple[str, ...] = (),
    *,
    reason: str = "",
    decision: str | None = None,
    by: str = "local",
    limit: int = 20,
) -> bytes:
    """Do one act of reviewing and tell what came of it, as text to print.

    act  list: the queue with the terms of each score; history: every judgement
         accept A B, reject A B: the two actors are one, or are two; `reason` says why
         decide A B: `decision` says how two actors or programmes stand to each other
         undo ID: take a judgement back, such as judgement/3 or 3
    by   the name under which it is entered. Raises InvalidParameter, NotFound and Locked.
    """
    if act not in ACTS:
        raise InvalidParameter(f"there is no {act!r}", parameter="act", given=act, expected="one of " + ", ".join(ACTS))
    wanted = {"list": 0, "history": 0, "undo": 1}.get(act, 2)
    if len(words) != wanted:
        expected = ("nothing more", "the id of a judgement, such as judgement/3", "the ids of two things")[wanted]
        raise InvalidParameter(
            f"{act} was given {len(words)} ids", parameter=act, given=" ".join(words)[:200], expected=expected
        )
    match act:
        case "list":
            return _queue(library, limit)
        case "history":
            return _history(library, limit)
        case "undo":
            id_ = words[0] if "/" in words[0] else f"judgement/{words[0]}"
            gone = take_back(library, visible(library), id_, by=by, reason=reason)
            return f"took back {gone.id}: {gone.first} and {gone.second} are no longer judged so\n".encode()
    chosen = DECISIONS.get(act) or decision
    if chosen is None:
        raise InvalidParameter("there is no decision", parameter="decision", expected="one of " + ", ".join(KINDS))
    one, other = words
    return _entered(library, judge(library, visible(library), one, other, chosen, by=by, reason=reason))


def _entered(library: Library, made: Judgement) -> bytes:
    """What came of a judgement: the id that stays, and what says the opposite."""
    lines = [f"entered {made.id}: {made.first} and {made.second}: {codes('decision')[made.decision].label.lower()}"]
    if made.kind == "actor":
        merging = library.settled(visible(library)).merging
        one, other = (merging.kept.get(id_, id_) for id_ in made.pair)
        if made.decision == "same":
            lines.append(f"both are known as {one}" if one == other else "they are not one yet:")
        said = {*merging.members.get(one, (one,)), *merging.members.get(other, (other,))}
        lines += [f"but: {each.said}" for each in merging.contradictions if {each.first, each.second} & said]
    return "".join(f"{line}\n" for line in lines).encode()


def _queue(library: Library, limit: int) -> bytes:
    names = visible(library)
    queue = library.review(names).queue
    ids = {id_ for one in queue[:limit] for id_ in (one.first, one.second)}
    labels = library.held(names, ids)
    table = Table(title=f"Actors that may be one: {len(queue)} pairs wait")
    for title in ("Score", "One", "Other", "Why (bits of evidence)"):
        table.add_column(title, justify="right" if title == "Score" else "left", overflow="fold")
    for one in queue[:limit]:
        sides = (Text(f"{labels.get(id_, '')}\n{id_}") for id_ in (one.first, one.second))
        table.add_row(
            Text(">99%" if one.score > 0.99 else f"{one.score:.0%}"), *sides, Text(_why(one)), end_section=True
        )
    return _drawn(table)


def _why(one: Candidate) -> str:
    return "\n".join(f"{term.points:+.1f} {term.name}: {term.seen}" for term in one.terms)


def _history(library: Library, limit: int) -> bytes:
    names = visible(library)
    history = judged(library, names)[::-1]
    labels = library.held(names, {id_ for one in history[:limit] for id_ in one.pair})
    table = Table(title=f"What was decided: {len(history)}")
    for title in ("Id", "One", "Other", "Decision", "Reason", "Entered", "Taken back"):
        table.add_column(title, no_wrap=title == "Id", overflow="fold")
    for each in history[:limit]:
        gone = each.withdrawn
        table.add_row(
            Text(each.id),
            *(Text(f"{labels.get(id_, '')}\n{id_}") for id_ in each.pair),
            Text(codes("decision")[each.decision].label),
            Text(each.reason),
            Text(f"{each.at:%Y-%m-%d} by {each.by}"),
            Text(f"{gone.at:%Y-%m-%d} by {gone.by}: {gone.reason}" if gone else ""),
        )
    return _drawn(table)


def _drawn(drawn: Any) -> bytes:
    console = Console(highlight=False)
    with console.capture() as told:
        console.print(drawn)
    return told.get().encode()
