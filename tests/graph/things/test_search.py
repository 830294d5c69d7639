"""Search: any name in any language finds the thing, best first; no text breaks it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InvalidParameter
from graph.library import Library
from graph.tables.world import World
from graph.things.search import LONGEST, search


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("UNODC", "actor/unodc"),
        ("unodc", "actor/unodc"),
        ("  united   nations office on drugs and crime ", "actor/unodc"),
        ("Управление Организации Объединенных Наций по наркотикам и преступности", "actor/unodc"),
        ("XM-DAC-41128", "actor/unodc"),
        ("Tajikistan", "place/tj"),
        ("tajikstan", "place/tj"),
        ("Sexual exploitation", "domain/sexual-exploitation"),
        ("Reference data", "dataset/reference"),
    ],
)
def test_the_best_is_first(world: World, text: str, id_: str) -> None:
    found = search(world, text)
    assert found["results"][0]["id"] == id_
    assert found["results"][0]["label"]
    assert found["q"] == " ".join(text.split())


def test_results_are_counted_ordered_and_of_the_kind_asked_for(world: World) -> None:
    found = search(world, "police", limit=3)
    scores = [row["score"] for row in found["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len(found["results"]) == 3 < found["total"]
    only = search(world, "police", kind="target")
    assert {row["kind"] for row in only["results"]} == {"target"}
    assert only["total"] < found["total"]


@pytest.mark.parametrize("text", ["", "  ", "\n", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(world: World, text: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        search(world, text)
    assert caught.value.parameter == "q"


def test_an_unknown_kind_names_the_others(world: World) -> None:
    with pytest.raises(InvalidParameter) as caught:
        search(world, "x", kind="nothing")
    assert "actor" in str(caught.value.expected)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=LONGEST))
def test_no_text_breaks_it(world: World, text: str) -> None:
    if text.strip():
        assert search(world, text)["total"] >= 0


def test_wildcards_and_quotes_are_letters_like_others(library: Library, dataset: Callable[..., Path]) -> None:
    names = {"a": "100% sure", "b": "under_score", "c": "O'Neil", "d": 'say "x"', "e": "Économie", "f": "back\\slash"}
    library.load(dataset({"actors": [{"id": i, "class": "Organisation", "name": n} for i, n in names.items()]}))
    world = library.world(frozenset({"tiny"}))
    for text, slug in (("%", "a"), ("_", "b"), ("'", "c"), ('"', "d"), ("economie", "e"), ("\\", "f")):
        assert [row["id"] for row in search(world, text)["results"]] == [f"actor/tiny.{slug}"], text
    assert search(world, "; drop table thing; --")["total"] == 0
