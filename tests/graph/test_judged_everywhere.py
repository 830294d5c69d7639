"""What is merged or judged is seen behind every door: dossiers, RDF, SPARQL questions, parameters, links of a pair."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.library import Library
from graph.questions.answer import ask
from graph.things.dossier import as_rdf, dossier
from tests.conftest import write_dataset
from tests.graph.test_merging import LANDS, PAIR, report

ONE, TWO = "actor/one.a", "actor/two.a"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("loaded")
    with Library(home / "home", linking=False) as library:
        library.load(write_dataset(home, LANDS, name="lands"))
        for name in ("one", "two"):
            sheets = report(f"Body {name}") | {
                "obstacles": [{"id": "o", "description": f"Told by {name}", "actor": "a"}]
            }
            library.load(write_dataset(home, sheets, name=name, uses=["lands"]))
    return home / "home"


@pytest.fixture
def two(loaded: Path, tmp_path: Path) -> Iterator[Library]:
    own = shutil.copytree(loaded, tmp_path / "own", ignore=shutil.ignore_patterns("store", "lock"))
    with Library(own, linking=False) as library:
        yield library


def test_the_dossier_of_the_one_that_stays_tells_what_is_stated_of_all(two: Library) -> None:
    before = json.dumps(dossier(two.world(two.names()), ONE))
    made = two.journal.record(ONE, TWO, "same", by="desk", reason="One charter.")
    world = two.world(two.names())
    told = dossier(world, ONE)
    assert told["datasets"] == ["one", "two"]
    assert {row["id"] for group in told["mentions"] for row in group["rows"]} >= {
        "participation/one.t",
        "participation/two.t",
        "obstacle/one.o",
        "obstacle/two.o",
        made.id,
    }
    assert TWO not in json.dumps(told)
    turtle = as_rdf(world, ONE, ("text/turtle",)).body
    assert b"participation/two.t" in turtle
    assert b"sameAs" in turtle
    two.journal.withdraw(made.id, by="desk", reason="Two charters.")
    assert json.dumps(dossier(two.world(two.names()), ONE)) == before


def test_questions_in_sparql_know_it_too_and_an_old_id_still_asks(two: Library) -> None:
    two.journal.record(ONE, TWO, "same", by="desk", reason="One charter.")
    world = two.world(two.names())
    assert TWO not in json.dumps(ask(world, "obstacles").as_dict())
    assert ask(world, "obstacles", {"actor": [TWO]}).total == 2
    assert ask(world, "who-works-where", {"actor": ["two.a"]}).parameters["actor"] == [ONE]


def test_a_pair_judged_to_be_coordinated_is_so_and_says_why(two: Library) -> None:
    world = two.world(two.names())
    (row,) = ask(world, "possible-duplication").rows
    assert row["verdict"]["id"] == "verdict/possibly-duplicating"
    two.journal.record(*PAIR, "coordinated", by="desk", reason="A joint plan.")
    (row,) = ask(two.world(two.names()), "possible-duplication").rows
    assert (row["verdict"]["id"], row["judgement"]["id"]) == ("verdict/coordinated", "decision/coordinated")
    assert row["links"] == ["judged to be coordinated: A joint plan."]
    assert "judgement/1" in {source["claim"] for source in row["sources"]}
