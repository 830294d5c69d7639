"""The journal: on disk before it is acknowledged, whole after a kill, and undone without a trace in what stands."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.datasets.home import Home
from graph.errors import InvalidData, InvalidParameter, NotFound
from graph.identity.journal import COMMIT, FILE, Journal
from graph.identity.judgements import JOURNAL, claims, standing
from graph.identity.keeping import STRICTER, handling_of, keep
from graph.library import Library
from ontology.validation import validate
from ontology.vocabulary import codes

AT = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def accept(journal: Journal, one: str = "actor/a", other: str = "actor/b", decision: str = "same") -> str:
    return journal.record(one, other, decision, by="desk", reason="Both say so.", at=AT).id


def test_what_was_entered_is_read_again_by_another(journal: Journal, tmp_path: Path) -> None:
    made = journal.record("actor/b", "actor/a", "same", by="desk", reason='It says "so"\n\\ twice.', at=AT)
    assert (made.id, made.pair, made.reason) == ("judgement/1", ("actor/a", "actor/b"), 'It says "so" \\ twice.')
    assert Journal(tmp_path).judgements() == (made,)
    assert journal.judgements() == (made,)


def test_an_empty_home_has_no_judgements(journal: Journal) -> None:
    assert journal.judgements() == ()
    assert journal.stamp() == (0, 0)


def test_taking_back_leaves_what_stood_before_and_forgets_nothing(journal: Journal) -> None:
    accept(journal)
    before = journal.judgements()
    second = accept(journal, decision="different")
    assert standing(journal.judgements())["actor/a", "actor/b"].decision == "different"
    journal.withdraw(second, by="chief", reason="A mistake.", at=AT)
    assert journal.judgements() == before
    gone = journal.history()[1]
    assert gone.withdrawn is not None
    assert (gone.withdrawn.by, gone.withdrawn.at, gone.withdrawn.reason) == ("chief", AT, "A mistake.")
    assert accept(journal, decision="different") == "judgement/3"


def test_the_file_is_an_rdf_patch_that_any_reader_can_replay(journal: Journal) -> None:
    accept(journal)
    journal.withdraw(accept(journal, "actor/c", "actor/d"), by="desk", reason="A mistake.")
    lines = journal.path.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    assert {line.split(" ")[0] for line in lines} == {"TX", "A", "D", "TC"}
    store: set[ox.Quad] = set()
    for line in lines:
        if line[0] in "AD":
            (quad,) = ox.parse(line[2:], format=ox.RdfFormat.N_QUADS)
            (store.add if line[0] == "A" else store.discard)(quad)
    stand = {quad.triple for quad in store if quad.graph_name == ox.DefaultGraph()}
    assert stand == {triple for one in journal.judgements() for triple in claims(one)}


def test_what_is_entered_fits_the_shapes(journal: Journal) -> None:
    accept(journal)
    journal.withdraw(accept(journal, "programme/p", "programme/q", "one-effort"), by="desk", reason="A mistake.")
    graph = Graph()
    for one in journal.history():
        graph.parse(data=ox.serialize(claims(one), format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert validate(graph) == []
    assert len(graph) == 9 + 12


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"other": "actor/a"}, "second"),
        ({"other": "place/tj"}, "second"),
        ({"one": "a"}, "first"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": "one-effort"}, "decision"),
        ({"by": "A Person"}, "by"),
        ({"reason": "  "}, "reason"),
        ({"reason": "ask someone@example.org"}, "reason"),
        ({"reason": "x" * 3000}, "reason"),
        ({"reason": "a\x00b"}, "reason"),
        ({"reason": "half \ud800"}, "reason"),
        ({"one": "place/a", "other": "place/b"}, "decision"),
        ({"one": "programme/a", "other": "programme/b"}, "decision"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_changes_nothing(
    journal: Journal, given: dict[str, str], parameter: str
) -> None:
    asked = {"one": "actor/a", "other": "actor/b", "decision": "same", "by": "desk", "reason": "So."} | given
    with pytest.raises(InvalidParameter) as caught:
        journal.record(asked["one"], asked["other"], asked["decision"], by=asked["by"], reason=asked["reason"])
    assert caught.value.parameter == parameter
    assert not journal.path.exists()


def test_what_stands_already_or_is_not_there_is_refused(journal: Journal) -> None:
    accept(journal)
    with pytest.raises(InvalidParameter, match="judgement/1 says so already"):
        accept(journal, "actor/b", "actor/a")
    with pytest.raises(NotFound):
        journal.withdraw("judgement/9", by="desk", reason="None.")
    journal.withdraw("judgement/1", by="desk", reason="A mistake.")
    with pytest.raises(InvalidParameter, match="taken back already"):
        journal.withdraw("judgement/1", by="desk", reason="Again.")


def test_whatever_a_crash_leaves_of_the_last_change_is_dropped_and_written_over(journal: Journal) -> None:
    accept(journal)
    whole = journal.path.read_bytes()
    accept(journal, "actor/c", "actor/d")
    both = journal.path.read_bytes()
    for cut in range(len(whole), len(both)):
        journal.path.write_bytes(both[:cut])
        fresh = Journal(journal.path.parent)
        assert [one.id for one in fresh.judgements()] == ["judgement/1"], cut
    journal.path.write_bytes(both[: len(whole) + 40])
    assert accept(Journal(journal.path.parent), "actor/c", "actor/d") == "judgement/2"
    assert journal.path.read_bytes() == both


@pytest.mark.parametrize("cut", [0, 3, 60])
def test_a_first_change_cut_short_leaves_an_empty_journal(journal: Journal, cut: int) -> None:
    accept(journal)
    journal.path.write_bytes(journal.path.read_bytes()[:cut])
    assert Journal(journal.path.parent).judgements() == ()


def test_noughts_that_a_machine_leaves_when_it_goes_down_are_dropped(journal: Journal) -> None:
    accept(journal)
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole + b"TX .\n" + b"\0" * 200 + b"\n" + COMMIT)
    assert len(Journal(journal.path.parent).judgements()) == 1
    assert accept(Journal(journal.path.parent), "actor/c", "actor/d") == "judgement/2"


def test_damage_before_the_end_is_told_with_its_line(journal: Journal) -> None:
    accept(journal)
    accept(journal, "actor/c", "actor/d")
    text = journal.path.read_text(encoding="utf-8")
    journal.path.write_text(text.replace("A <", "Q <", 1), encoding="utf-8")
    with pytest.raises(InvalidData, match="damaged") as caught:
        Journal(journal.path.parent).judgements()
    assert caught.value.where == f"{journal.path} line 2"


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    def write(name: str) -> None:
        own = Journal(tmp_path)
        for number in range(10):
            own.record(f"actor/{name}{number}", "actor/z", "different", by=name, reason="So.")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Journal(tmp_path).judgements()
    assert [one.id for one in found] == [f"judgement/{number}" for number in range(1, 31)]


WRITER = """
import sys
from pathlib import Path
from graph.identity.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(100_000):
    made = journal.record(f"actor/n{number}", "actor/z", "different", by="desk", reason="So.")
    print(made.id, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 23])
def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, after: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    found = [one.id for one in Journal(tmp_path).judgements()]
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1
    assert accept(Journal(tmp_path)) == f"judgement/{len(found) + 1}"


def test_the_dataset_follows_the_journal_and_goes_when_nothing_stands(tmp_path: Path) -> None:
    home = Home(tmp_path)
    journal = Journal(tmp_path)
    empty = home.stamp()
    assert keep(journal, home)
    assert home.stamp() == empty
    accept(journal)
    with home.changing():
        assert not keep(journal, home)  # a load goes on
    assert home.current().versions == {}
    assert keep(journal, home)
    kept = home.stamp()
    assert keep(journal, home)
    assert home.stamp() == kept
    first = home.manifests()[JOURNAL].version
    second = accept(journal, "actor/c", "actor/d")
    keep(journal, home)
    assert home.manifests()[JOURNAL].version != first
    journal.withdraw(second, by="desk", reason="A mistake.")
    keep(journal, home)
    assert home.manifests()[JOURNAL].version == first
    journal.withdraw("judgement/1", by="desk", reason="A mistake.")
    assert keep(journal, home)
    assert home.current().versions == {}
    assert (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("others", "handling"),
    [
        ((), "amber"),
        (("handling/clear", "handling/green"), "amber"),
        (("handling/clear", "handling/red", "handling/amber-strict"), "red"),
        (("handling/amber-strict",), "amber-strict"),
    ],
)
def test_the_journal_is_handled_as_the_strictest_of_what_it_may_name(others: tuple[str, ...], handling: str) -> None:
    assert handling_of(others) == handling


def test_every_label_of_handling_has_its_rank() -> None:
    assert set(STRICTER) == set(codes("handling"))


def test_a_world_sees_judgements_as_claims_with_their_label(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        accept(library.journal)
        world = library.world(library.names())
        assert list(world.datasets) == [JOURNAL]
        described = world.rows("select handling from dataset_description")
        assert described == [{"handling": "handling/amber"}]
        query = (
            "SELECT ?thing WHERE { ?j <https://w3id.org/concert/ns#judges> ?thing ;"
            " <https://w3id.org/concert/ns#judgedBy> 'desk' } ORDER BY ?thing"
        )
        found = library.store().rows(query, world.graphs)
        assert [str(row["thing"].value) for row in found] == [f"https://w3id.org/concert/id/actor/{s}" for s in "ab"]
