"""Spellings: how names are folded, and which are near one another."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.library import Library
from graph.tables.world import World
from graph.things.spellings import NEAR, Shelf, Spellings, fold

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture(scope="module")
def spelled(world: World) -> Spellings:
    return Spellings(world, "place")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Łódź! ", "lodz"),
        ("I.O.M.", "iom"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Côte d’Ivoire", "cote divoire"),
        ("ЁЛКА", "елка"),
        ("Straße", "strasse"),
        ("under_score", "under score"),
        ("日本", "日本"),
        ("!?", ""),
    ],
)
def test_how_names_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@given(TEXT)
def test_spellings_are_near_as_brute_force_finds_them(spelled: Spellings, text: str) -> None:
    def trigrams(of: str) -> set[str]:
        return {of[place : place + 3] for place in range(len(of) - 2)}

    wanted = trigrams(f" {fold(text)} ")
    expected = {}
    for place in range(len(spelled)):
        own = trigrams(f" {spelled[place]} ")
        share = 2 * len(own & wanted) / (len(own) + len(wanted)) if wanted else 0
        if share >= NEAR:
            expected[spelled.spelling(place)] = share
    found = list(spelled.near(text, most=len(spelled)))
    assert set(found) == set(expected)
    assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)
    few = list(spelled.near(text, most=5))
    assert few == found[:5]


def test_every_spelling_is_found_by_itself(spelled: Spellings) -> None:
    for place in range(len(spelled)):
        one = spelled.spelling(place)
        assert one in set(spelled.exactly(one.text))
        assert one in set(spelled.of(one.thing))
        assert one in set(spelled.near(one.text, most=5))
    texts = [spelled[place] for place in range(len(spelled))]
    assert texts == sorted(texts)


def test_a_shelf_keeps_few_worlds_and_makes_each_once(library: Library, dataset: Callable[..., Path]) -> None:
    for name in "abc":
        library.load(dataset({"actors": [{"id": "x", "class": "Organisation", "name": f"Body {name}"}]}, name=name))
    worlds = [library.world(frozenset(names)) for names in ("a", "b", "c")]
    shelf = Shelf(worlds=2)
    first = shelf.of(worlds[0], "actor")
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[1], "actor")
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[2], "actor")  # b was asked for longest ago
    assert shelf.of(worlds[0], "actor") is first
    shelf.of(worlds[1], "actor")
    shelf.of(worlds[2], "actor")
    assert shelf.of(worlds[0], "actor") is not first
