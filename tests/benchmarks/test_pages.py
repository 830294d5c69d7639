"""What the pages are measured with: the countries with most and fewest efforts, and whom most is told of."""

from pathlib import Path

from graph.library import Library
from tests.benchmarks.pages import Subjects
from tests.conftest import write_dataset


def test_subjects_are_the_busiest_and_the_idlest(tmp_path: Path) -> None:
    places = [{"id": f"x{n}", "class": "Country", "name": f"X{n}"} for n in range(3)]
    programmes = [
        {"id": f"p{n}{at}", "name": f"P{n}{at}", "places": f"x{n}", "domains": "drugs", "responses": "training"}
        for n, count in enumerate((2, 3, 1))
        for at in range(count)
    ]
    parts = [{"actor": "a", "programme": each["id"], "role": "implementing"} for each in programmes]
    parts += [{"actor": "b", "programme": "p11", "role": "funding"}]
    actors = [{"id": id_, "class": "Organisation", "name": id_} for id_ in ("a", "b")]
    sheets = {"places": places, "actors": actors, "programmes": programmes, "participations": parts}
    with Library(tmp_path / "home") as library:
        library.load(write_dataset(tmp_path, sheets))
    found = Subjects.of(tmp_path / "home")
    assert found.countries == {"most": "place/tiny.x1", "middle": "place/tiny.x0", "fewest": "place/tiny.x2"}
    assert found.things["actor"] == "actor/tiny.a"
    assert found.things["programme"] == "programme/tiny.p11"
