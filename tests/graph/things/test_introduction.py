"""The line that introduces a thing."""

from collections.abc import Callable
from pathlib import Path

from graph.library import Library
from graph.things.introduction import TOLD, introduce


def test_an_introduction_tells_namesakes_apart_and_stays_short(library: Library, dataset: Callable[..., Path]) -> None:
    places = [
        {"id": "land", "name": "Landia", "class": "Country"},
        {"id": "town", "name": "Townia", "class": "City", "within": "land"},
    ]
    said = "What it does and for whom. " * 30
    body = {"id": "b", "class": "Agency", "name": "Body", "acronym": "BB", "state": "land", "description": said}
    library.load(dataset({"places": places, "actors": [body]}))
    told_ = introduce(library.world(frozenset({"tiny"})), ["place/tiny.town", "actor/tiny.b", "actor/none"])
    assert told_["place/tiny.town"].line == "City, in Landia"
    assert told_["actor/tiny.b"].line.startswith("Agency, BB, Landia. What it does")
    assert len(told_["actor/tiny.b"].line) <= len("Agency, BB, Landia. ") + TOLD
    assert "actor/none" not in told_
