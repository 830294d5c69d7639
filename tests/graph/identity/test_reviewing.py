"""The review queue: what is judged leaves it, and taking it back brings it back as it was."""

from collections.abc import Callable
from pathlib import Path

from graph.identity.reviewing import Review
from graph.library import Library


def body(called: str) -> dict[str, list[dict[str, str]]]:
    return {"actors": [{"id": "h", "class": "Organisation", "name": called}]}


def test_accepting_rejecting_and_taking_back(library: Library, dataset: Callable[..., Path]) -> None:
    for name, called in (("one", "Hope for Migrants"), ("two", "HOPE of migrants"), ("three", "Hope for the Migrants")):
        library.load(dataset(body(called), name=name))
    journal = library.journal

    def review() -> Review:
        return library.review(library.names())

    before = review()
    pairs = [(each.first, each.second) for each in before.queue]
    one, three, two = "actor/one.h", "actor/three.h", "actor/two.h"
    assert sorted(pairs) == [(one, three), (one, two), (three, two)]
    assert before.merging.kept == {}

    accepted = journal.record(one, two, "same", by="desk", reason="One charter.")
    during = review()
    assert during.merging.kept == library.world(library.names()).merged == {two: one}
    assert [(each.first, each.second) for each in during.queue] == [(one, three)]

    journal.record(three, two, "different", by="desk", reason="Two charters.")
    assert review().queue == ()

    journal.withdraw("judgement/2", by="desk", reason="A mistake.")
    assert review() == during
    journal.withdraw(accepted.id, by="desk", reason="A mistake.")
    assert review() == before


def test_each_world_has_its_own_queue_and_an_index_is_made_once(library: Library, dataset: Callable[..., Path]) -> None:
    for name in ("one", "two"):
        library.load(dataset(body("Hope for Migrants"), name=name))
    whole = library.review(frozenset({"one", "two"}))
    assert len(whole.queue) == 1
    library.journal.record("actor/x", "actor/y", "same", by="desk", reason="So.")
    assert "journal" in library.names()
    assert library.review(frozenset({"one", "two", "journal"})).index is whole.index
    assert library.review(frozenset({"one"})).queue == ()
    assert library.review(frozenset({"one", "two"})).queue == whole.queue
