"""The review queue: what is judged leaves it, and taking it back brings it back as it was."""

from collections.abc import Callable
from pathlib import Path

from graph.identity.journal import Journal
from graph.identity.keeping import keep
from graph.identity.reviewing import Desk
from graph.library import Library


def body(called: str) -> dict[str, list[dict[str, str]]]:
    return {"actors": [{"id": "h", "class": "Organisation", "name": called}]}


def test_accepting_rejecting_and_taking_back(library: Library, dataset: Callable[..., Path]) -> None:
    for name, called in (("one", "Hope for Migrants"), ("two", "HOPE of migrants"), ("three", "Hope for the Migrants")):
        library.load(dataset(body(called), name=name))
    world = library.world(library.names())
    journal = Journal(library.home.path)
    desk = Desk(journal)
    before = desk.review(world)
    pairs = [(each.first, each.second) for each in before.queue]
    one, three, two = "actor/one.h", "actor/three.h", "actor/two.h"
    assert sorted(pairs) == [(one, three), (one, two), (three, two)]
    assert before.merging.kept == {}

    accepted = journal.record(one, two, "same", by="desk", reason="One charter.")
    during = desk.review(world)
    assert during.merging.kept == desk.merging(world).kept == {two: one}
    assert [(each.first, each.second) for each in during.queue] == [(one, three)]

    journal.record(three, two, "different", by="desk", reason="Two charters.")
    assert desk.review(world).queue == ()

    journal.withdraw("judgement/2", by="desk", reason="A mistake.")
    assert desk.review(world) == during
    journal.withdraw(accepted.id, by="desk", reason="A mistake.")
    assert desk.review(world) == before


def test_each_world_has_its_own_queue_and_an_index_is_made_once(library: Library, dataset: Callable[..., Path]) -> None:
    for name in ("one", "two"):
        library.load(dataset(body("Hope for Migrants"), name=name))
    desk = Desk(Journal(library.home.path), worlds=1)
    whole, half = library.world(frozenset({"one", "two"})), library.world(frozenset({"one"}))
    assert len(desk.review(whole).queue) == 1
    index = desk.index(whole)
    desk.journal.record("actor/x", "actor/y", "same", by="desk", reason="So.")
    keep(desk.journal, library.home)
    assert desk.index(library.world(frozenset({"one", "two", "journal"}))) is index
    assert desk.review(half).queue == ()
    assert len(desk.review(whole).queue) == 1
