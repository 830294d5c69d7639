"""What is merged and judged: in every answer at once, undone to the byte, and unseen by who may not see both sides."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidData
from graph.library import Library
from graph.questions.answer import ask
from graph.questions.catalogue import catalogue
from tests.conftest import write_dataset

Write = Callable[..., Path]
LANDS = {"places": [{"id": "land", "name": "Land", "class": "Country", "iso2": "XL"}]}
BOTH = frozenset({"lands", "one", "two"})


def report(name: str, **actor: str) -> dict[str, list[dict[str, Any]]]:
    """A dataset of one actor that trains the police of a country against drugs."""
    effort = {"domains": "drugs", "responses": "training", "targets": "police", "starts": "2001", "ends": "2003"}
    return {
        "actors": [{"id": "a", "class": "Organisation", "name": name} | actor],
        "programmes": [{"id": "p", "name": f"Effort of {name}", "places": "lands.land"} | effort],
        "participations": [{"id": "t", "actor": "a", "programme": "p", "role": "implementing"}],
        "flows": [{"id": "f", "name": "Flow", "class": "DrugsFlow", "domains": "drugs"}],
        "legs": [{"id": "l", "flow": "f", "place": "lands.land", "role": "transit"}],
    }


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two datasets that tell of two actors, each with an effort of the same kind."""
    home = tmp_path_factory.mktemp("loaded")
    with Library(home / "home") as library:
        library.load(write_dataset(home, LANDS, name="lands"))
        for name in ("one", "two"):
            library.load(write_dataset(home, report(f"Body {name}"), name=name, uses=["lands"]))
    return home / "home"


@pytest.fixture
def two(loaded: Path, tmp_path: Path) -> Iterator[Library]:
    """A home of one's own with these datasets."""
    with Library(shutil.copytree(loaded, tmp_path / "own", ignore=shutil.ignore_patterns("store", "lock"))) as library:
        yield library


def told(library: Library, names: frozenset[str] = BOTH) -> dict[str, str]:
    """Every answer to its last byte, its cursors too."""
    world = library.world(names | {"journal"} if names == BOTH else names)
    return {name: json.dumps(ask(world, name, limit=1).as_dict()) for name in catalogue()}


def leads(library: Library, names: frozenset[str] = BOTH) -> set[str]:
    rows = ask(library.world(names), "who-works-where").rows
    return {row["actor"]["id"] for row in rows}


def test_a_judgement_is_in_every_answer_at_once_and_taking_it_back_restores_them_to_the_byte(two: Library) -> None:
    before = told(two)
    key = two.world(BOTH).key
    made = two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    during = told(two)
    assert during != before
    assert "actor/two.a" not in "".join(during.values())
    assert leads(two) == {"actor/one.a"}
    assert two.world(BOTH).key != key
    two.journal.withdraw(made.id, by="desk", reason="Two charters.")
    assert told(two) == before
    assert two.world(BOTH).key == key
    assert two.datasets().keys() == BOTH


def test_a_pair_led_by_one_actor_is_no_overlap(two: Library) -> None:
    assert ask(two.world(BOTH), "overlaps").total == 1
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    assert ask(two.world(BOTH), "overlaps").total == 0


def test_identifiers_merge_by_themselves_and_a_judgement_forbids_it(library: Library, dataset: Write) -> None:
    library.load(dataset(LANDS, name="lands"))
    for name in ("one", "two"):
        sheets = report(f"Body {name}", iati="XI-EXAMPLE-7")
        library.load(dataset(sheets, name=name, uses=["lands"]))
    assert leads(library) == {"actor/one.a"}
    merged = library.world(BOTH)
    library.journal.record("actor/one.a", "actor/two.a", "different", by="desk", reason="A mistaken number.")
    assert leads(library) == {"actor/one.a", "actor/two.a"}
    assert library.stated(BOTH).merged == library.world(BOTH).merged == {}
    library.journal.withdraw("judgement/1", by="desk", reason="The number is right.")
    assert library.world(BOTH).key == merged.key


def test_a_world_is_made_once_until_something_changes(two: Library) -> None:
    world = two.world(BOTH)
    assert two.world(BOTH) is world
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    assert two.world(BOTH) is not world
    assert {row["id"] for row in world.rows("select id from actor")} == {"actor/one.a", "actor/two.a"}


def test_what_another_process_judges_is_seen(two: Library) -> None:
    with Library(two.home.path) as other:
        assert len(leads(other)) == 2
        two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
        assert leads(other) == {"actor/one.a"}
        assert "journal" in other.names()


def test_while_a_load_goes_on_a_judgement_counts_and_its_dataset_follows(two: Library) -> None:
    with two.home.changing():
        two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
        assert leads(two) == {"actor/one.a"}
        assert "journal" not in two.names()
    assert "journal" in two.names()


def test_who_does_not_see_both_sides_learns_nothing_of_a_judgement(two: Library) -> None:
    half = frozenset({"lands", "one"})
    before = told(two, half), two.world(half).key
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    two.journal.record("programme/one.p", "programme/two.p", "duplicating", by="desk", reason="The same course.")
    for names in (half, half | {"journal"}):
        assert (told(two, names), two.world(names).key) == before
        world = two.world(names)
        assert "journal" not in world.datasets
        everything = world.store().query("SELECT * { GRAPH ?g { ?s ?p ?o } }", world.graphs).body
        assert b"judgement" not in everything
        assert b"two" not in everything
        assert two.settled(names).key == ""


def test_the_dataset_of_judgements_is_as_strict_as_the_strictest(two: Library, dataset: Write) -> None:
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    described = "select handling from dataset_description where dataset = 'journal'"
    assert two.world(two.names()).rows(described) == [{"handling": "handling/amber"}]
    two.load(dataset({"actors": [{"id": "s", "class": "Organisation", "name": "Secret"}]}, name="own", handling="red"))
    assert two.world(two.names()).rows(described) == [{"handling": "handling/red"}]


def test_the_name_of_the_journal_is_taken(two: Library, dataset: Write) -> None:
    folder = dataset(LANDS, name="journal")
    for act in (two.load, two.check):
        with pytest.raises(InvalidData, match="judgements"):
            act(folder)
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    using = dataset(LANDS, name="third", uses=["journal"])
    with pytest.raises(InvalidData, match="judgements"):
        two.load(using)
    two.world(BOTH)
    with pytest.raises(InvalidData, match="taken back"):
        two.unload("journal")


def test_judgements_outlive_a_rebuild_and_a_new_version_of_what_they_are_about(two: Library, dataset: Write) -> None:
    two.journal.record("actor/one.a", "actor/two.a", "same", by="desk", reason="One charter.")
    before = leads(two)
    two.rebuild()
    assert leads(two) == before
    two.load(dataset(report("Body two, renamed"), name="two", uses=["lands"]))
    assert leads(two) == {"actor/one.a"}
    two.unload("two")
    assert leads(two) == {"actor/one.a"}
    assert two.settled(BOTH).merging.kept == {}


# Judgements on programmes

PAIR = ("programme/one.p", "programme/two.p")


def reports(library: Library) -> list[dict[str, Any]]:
    return ask(library.world(BOTH), "double-reporting").rows


def efforts(library: Library) -> int:
    return library.world(BOTH).rows("select count(*) as n from effort")[0]["n"]


def test_one_effort_is_counted_once_and_says_who_judged_so(two: Library) -> None:
    before, several = told(two), efforts(two)
    made = two.journal.record(*PAIR, "one-effort", by="desk", reason="One contract.")
    assert efforts(two) == several - 1
    (row,) = [row for row in reports(two) if row["decided"]]
    assert (row["programme"]["id"], row["other"]["id"]) == PAIR
    assert "judged to be one effort: One contract." in row["because"]
    whole = ask(two.world(two.names()), "double-reporting").rows
    assert made.id in {source["claim"] for row in whole for source in row["sources"]}
    assert ask(two.world(BOTH), "overlaps").total == 0
    two.journal.withdraw(made.id, by="desk", reason="Two contracts.")
    assert told(two) == before


@pytest.mark.parametrize("decision", ["different", "duplicating", "not-duplicating", "coordinated"])
def test_every_other_decision_says_that_there_are_two_efforts(two: Library, decision: str) -> None:
    two.journal.record(*PAIR, "one-effort", by="desk", reason="One contract.")
    assert efforts(two) == 1
    two.journal.record(*PAIR, decision, by="desk", reason="Two contracts.")
    assert efforts(two) == 2
    assert [row for row in reports(two) if {row["programme"]["id"], row["other"]["id"]} == set(PAIR)] == []
    told = two.world(BOTH).rows("select decision, judgement, said from judged_effort")
    assert told == [{"decision": decision, "judgement": "judgement/2", "said": "Two contracts."}]


def test_the_double_reports_of_one_record_are_asked_for(library: Library, dataset: Write) -> None:
    library.load(dataset(LANDS, name="lands"))
    for name in ("one", "two", "three"):
        library.load(dataset(report("Body"), name=name, uses=["lands"]))
    world = library.world(library.names())
    every = ask(world, "double-reporting").rows
    assert len(every) == 3
    for id_ in PAIR:
        its = [row for row in every if id_ in (row["programme"]["id"], row["other"]["id"])]
        assert ask(world, "double-reporting", {"programme": [id_]}).rows == its
        assert len(its) == 2


def test_what_is_computed_gives_way_to_what_is_judged(library: Library, dataset: Write) -> None:
    """Two records alike to the letter are proposed as one effort; judged different, they are no longer."""
    library.load(dataset(LANDS, name="lands"))
    for name in ("one", "two"):
        library.load(dataset(report("Body"), name=name, uses=["lands"]))
    assert [(row["programme"]["id"], row["other"]["id"]) for row in reports(library)] == [PAIR]
    score = reports(library)[0]["score"]
    library.journal.record(*PAIR, "different", by="desk", reason="Two contracts.")
    assert reports(library) == []
    library.journal.record(*PAIR, "one-effort", by="desk", reason="One contract.")
    (row,) = reports(library)
    assert (row["decided"], row["score"]) == (True, score)


def pairs(library: Library) -> list[dict[str, Any]]:
    return ask(library.world(library.names()), "possible-duplication").rows


@pytest.mark.parametrize("decision", ["duplicating", "not-duplicating"])
def test_possible_duplication_shows_what_was_judged_and_when_it_is_taken_back_no_longer(
    two: Library, decision: str
) -> None:
    before = told(two)
    (row,) = pairs(two)
    assert (row["verdict"]["id"], row["judgement"]) == ("verdict/possibly-duplicating", None)
    two.journal.record(*PAIR, decision, by="desk", reason="Their plans were read.")
    (row,) = pairs(two)
    assert (row["verdict"]["id"], row["judgement"]["id"]) == ("verdict/possibly-duplicating", f"decision/{decision}")
    assert "judgement/1" in {source["claim"] for source in row["sources"]}
    two.journal.withdraw("judgement/1", by="desk", reason="Other plans.")
    assert told(two) == before
