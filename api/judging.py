"""Judging: what a reader decides about two things that it sees, and may take back. Everything else does not exist."""

from graph.errors import NotFound
from graph.identity.judgements import Judgement
from graph.library import Library
from ontology.namespaces import short


def judge(
    library: Library, names: frozenset[str], one: str, other: str, decision: str, *, by: str, reason: str
) -> Judgement:
    """Enter what a reader who sees the datasets `names` decides of two things; it is on disk when this returns.

    one, other  short ids, or the IRIs; ids that were merged too
    Raises NotFound where that reader sees one of them nowhere, and what `Journal.record` raises.
    """
    ids = (short(one), short(other))
    known = library.held(names, set(ids))
    for id_ in ids:
        if id_ not in known:
            raise NotFound(
                f"nothing is known of {id_[:80]}", given=id_[:80], expected="an id that /api/search?q= finds"
            )
    return library.journal.record(*ids, decision, by=by, reason=reason)


def take_back(library: Library, names: frozenset[str], id: str, *, by: str, reason: str) -> Judgement:
    """Take a judgement back that such a reader sees. Raises NotFound, and what `Journal.withdraw` raises."""
    if all(one.id != id for one in judged(library, names)):
        raise NotFound(f"there is no {id[:40]!r}", given=id[:40], expected="one that /api/judgements lists")
    return library.journal.withdraw(id, by=by, reason=reason)


def judged(library: Library, names: frozenset[str]) -> tuple[Judgement, ...]:
    """Every judgement on things that such a reader sees, in order; those that were taken back say so."""
    history = library.journal.history()
    known = library.held(names, {id_ for one in history for id_ in one.pair})
    return tuple(one for one in history if known.keys() >= set(one.pair))
