"""Several files are read as one: their numbers never meet, not even where two versions have one range."""

from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from graph.tables import build
from tests.conftest import write_dataset


def _sheets(domain: str) -> dict[str, Any]:
    return {
        "actors": [{"id": "agency", "name": f"Agency of {domain}", "class": "Organisation"}],
        "places": [{"id": "land", "name": f"Land of {domain}", "class": "Country"}],
        "programmes": [
            {"id": "one", "name": f"One of {domain}", "places": "land", "domains": domain, "responses": "training"},
            {"id": "two", "name": f"Two of {domain}", "domains": domain, "targets": "police"},
        ],
        "participations": [{"id": "p1", "actor": "agency", "programme": "one", "role": "implementing"}],
    }


def _answers(folder: Path) -> dict[str, Any]:
    with Library(folder / "home", linking=False) as library:
        for name, domain in (("first", "drugs"), ("second", "arms")):
            library.load(write_dataset(folder / name, _sheets(domain), name=name))
        world = library.world(library.names())
        return {name: ask(world, name, limit=1000).rows for name, q in catalogue().items() if q.language == "sql"}


def test_two_versions_of_one_range_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = _answers(tmp_path / "apart")
    assert len(apart["who-works-where"]) == 4
    monkeypatch.setattr(build, "first_number", lambda _: 1 << 32)
    assert _answers(tmp_path / "together") == apart


def test_ranges_do_not_meet() -> None:
    firsts = {build.first_number(Path("some") / "dataset" / f"{version:x}") for version in range(1000)}
    assert len(firsts) == 1000
    assert all(first % (1 << 32) == 0 and 1 << 32 <= first < 1 << 62 for first in firsts)
