"""A frame over a handful of places and actors, and what a reader makes of a file in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from graph.readers import Frame, Log, Triples

ID = "https://w3id.org/concert/id/"
NAMES = {
    ("place", "tajikistan"): "place/tj",
    ("place", "tj"): "place/tj",
    ("place", "uzbekistan"): "place/uz",
    ("place", "gorno-badakhshan"): "place/gorno-badakhshan",
    ("place", "afghanistan"): "place/af",
    ("actor", "iom"): "actor/iom",
    ("actor", "tajikistan"): "actor/state-tj",
}
WITHIN = {("place/gorno-badakhshan", "place/tj")}


class Made:
    """The triples that a reader gave, with its log."""

    def __init__(self, triples: Triples, log: Log) -> None:
        self.triples = list(triples)
        self.log = log

    def of(self, kind: str) -> list[dict[str, list[str]]]:
        """What is said of each thing of a kind: local name of the property -> values."""
        found: dict[str, dict[str, list[str]]] = {}
        for triple in self.triples:
            assert isinstance(triple.subject, ox.NamedNode)
            if triple.subject.value.startswith(f"{ID}{kind}/"):
                thing = found.setdefault(triple.subject.value, {"id": [triple.subject.value.removeprefix(ID)]})
                name = triple.predicate.value.rpartition("#")[2].rpartition("/")[2]
                assert isinstance(triple.object, ox.NamedNode | ox.Literal)
                thing.setdefault(name, []).append(triple.object.value.removeprefix(ID))
        return list(found.values())


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Made]:
    """Read text by a reader: `read(read_hxl, "a.csv", "…", country="TJ")`."""

    def run(reader: Callable[[Path, Frame, Log], Triples], name: str, text: str, **options: Any) -> Made:
        (tmp_path / name).write_text(text, encoding="utf-8")
        known = {(kind, short.partition("/")[2]): ID + short for (kind, _), short in NAMES.items()}

        def lookup(kind: str, text: str) -> str | None:
            found = NAMES.get((kind, text.casefold()))
            return ID + found if found else None

        def within(place: str, container: str) -> bool:
            return (place.removeprefix(ID), container.removeprefix(ID)) in WITHIN

        log = Log()
        frame = Frame("t.", "en", f"{ID}source/t", known, lookup, options, within)
        return Made(reader(tmp_path / name, frame, log), log)

    return run
