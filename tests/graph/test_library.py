"""The library: all or nothing, one version at a time, and nothing lost."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InvalidData, NotFound
from graph.library import CLAIMS, Library
from graph.questions.answer import ask
from graph.store.embedded import EmbeddedStore

Write = Callable[..., Path]
SMALL = {
    "places": [{"id": "tj", "name": "Tajikistan", "class": "Country", "iso2": "TJ"}],
    "actors": [{"id": "a", "class": "Agency", "name": "An agency", "acronym": "AA"}],
    "programmes": [{"id": "p", "name": "A programme", "places": "tj", "domains": "drugs", "responses": "training"}],
    "participations": [{"actor": "a", "programme": "p", "role": "implementing"}],
}


def answer(library: Library, *names: str) -> list[dict[str, object]]:
    return ask(library.world(frozenset(names)), "who-works-where").rows


def test_a_loaded_dataset_is_in_the_answers_and_an_unloaded_one_leaves_no_trace(
    library: Library, dataset: Write
) -> None:
    library.store()
    before = sorted(p for p in library.home.path.rglob("*") if "store" not in p.parts)
    library.load(dataset(SMALL))
    assert [row["actor"] for row in answer(library, "tiny")] == [{"id": "actor/tiny.a", "label": "An agency"}]
    assert len(library.store().graphs()) == 1
    library.unload("tiny")
    assert answer(library, "tiny") == []
    library.world(frozenset())
    assert library.store().graphs() == frozenset()
    kept = sorted(p for p in library.home.path.rglob("*") if "store" not in p.parts)
    assert {p.name for p in set(kept) - set(before)} <= {"current.json", "lock"}


def test_a_reader_sees_only_the_datasets_that_it_may_see(library: Library, dataset: Write) -> None:
    library.load(dataset(SMALL))
    library.load(dataset(SMALL, name="secret"))
    assert {row["actor"]["id"] for row in answer(library, "tiny")} == {"actor/tiny.a"}
    assert {row["actor"]["id"] for row in answer(library, "tiny", "secret")} == {"actor/tiny.a", "actor/secret.a"}
    assert answer(library) == []
    world = library.world(frozenset({"tiny"}))
    hidden = "SELECT ?s FROM NAMED <{0}> {{ GRAPH ?g {{ ?s a <https://w3id.org/concert/ns#Agency> }} }}"
    graph = library.datasets()["secret"].graph
    assert b"secret" not in world.store().query(hidden.format(graph), world.graphs).body


def test_a_new_version_replaces_the_old_one_and_a_reader_keeps_the_world_it_began_with(
    library: Library, dataset: Write
) -> None:
    library.load(dataset(SMALL))
    old = library.world(frozenset({"tiny"}))
    renamed = SMALL | {"actors": [{"id": "a", "class": "Agency", "name": "Renamed"}]}
    library.load(dataset(renamed))
    new = library.world(frozenset({"tiny"}))
    assert ask(old, "who-works-where").rows[0]["actor"]["label"] == "An agency"
    assert ask(new, "who-works-where").rows[0]["actor"]["label"] == "Renamed"
    assert old.key != new.key
    assert len(list((library.home.path / "datasets" / "tiny").iterdir())) == 1


def test_a_refused_version_leaves_the_one_before_in_place(library: Library, dataset: Write) -> None:
    library.load(dataset(SMALL))
    before = answer(library, "tiny")
    folder = dataset(SMALL)
    (folder / "actors.csv").write_text("id,name\nb,No class\n", encoding="utf-8")
    with pytest.raises(InvalidData):
        library.load(folder)
    assert answer(library, "tiny") == before


def test_equal_rows_make_the_equal_version_in_another_home(tmp_path: Path, dataset: Write) -> None:
    versions = []
    for home in ("one", "two"):
        with Library(tmp_path / home) as library:
            versions.append(library.load(dataset(SMALL)).manifest.version)
    assert versions[0] == versions[1]


def test_rebuild_makes_the_indexes_again(library: Library, dataset: Write) -> None:
    version = library.load(dataset(SMALL)).manifest.version
    before = answer(library, "tiny")
    folder = library.home.folder("tiny", version)
    held = library.store().graphs()
    library.rebuild()
    assert answer(library, "tiny") == before
    assert library.store().graphs() == held
    assert len(list(folder.glob("tables-*.duckdb"))) == 1


def test_tables_that_are_missing_or_of_an_older_projection_are_made_again(library: Library, dataset: Write) -> None:
    version = library.load(dataset(SMALL)).manifest.version
    (tables,) = library.home.folder("tiny", version).glob("tables-*.duckdb")
    tables.rename(tables.with_name("tables-of-an-older-projection.duckdb"))
    assert len(answer(library, "tiny")) == 1
    assert tables.exists()


def test_a_home_whose_store_is_gone_is_repaired_when_it_opens(tmp_path: Path, dataset: Write) -> None:
    with Library(tmp_path / "home") as library:
        library.load(dataset(SMALL))
        held = library.store().graphs()
    shutil.rmtree(tmp_path / "home" / "store")
    with Library(tmp_path / "home") as library:
        assert library.store().graphs() == held
        assert len(answer(library, "tiny")) == 1


def test_a_second_process_reads_while_the_first_holds_the_store_and_sees_what_the_first_loads(
    tmp_path: Path, dataset: Write
) -> None:
    with Library(tmp_path / "home") as first, Library(tmp_path / "home") as second:
        first.store()
        second.load(dataset(SMALL))
        assert len(answer(first, "tiny")) == 1
        assert first.store().graphs() == second.store().graphs()


def test_a_used_dataset_cannot_be_unloaded(library: Library, dataset: Write) -> None:
    library.load(dataset({"places": SMALL["places"]}, name="base", prefix=""))
    library.load(dataset({"actors": [{**SMALL["actors"][0], "seat": "tj"}]}, uses=["base"]))
    with pytest.raises(InvalidData, match="base is used by tiny"):
        library.unload("base")
    with pytest.raises(NotFound, match="nothing"):
        library.unload("nothing")


def test_what_is_shipped_is_loaded_again_only_when_it_changed_or_was_not_taken_out(
    library: Library, dataset: Write
) -> None:
    folder = dataset(SMALL)
    assert library.ensure([folder]) == ["tiny"]
    assert library.ensure([folder]) == []
    (folder / "actors.csv").write_text("id,class,name\na,Agency,Renamed\n", encoding="utf-8")
    assert library.ensure([folder]) == ["tiny"]
    library.unload("tiny")
    assert library.ensure([folder]) == []


def test_readers_go_on_while_datasets_come_and_go(library: Library, dataset: Write) -> None:
    library.load(dataset(SMALL))
    failed: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert len(answer(library, "tiny")) == 1
            except Exception as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(4):
        library.load(dataset({"places": SMALL["places"]}, name=f"other-{turn}"))
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_snapshot_that_cannot_be_read_is_told(library: Library, dataset: Write) -> None:
    version = library.load(dataset(SMALL)).manifest.version
    (library.home.folder("tiny", version) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidData, match="cannot be read"):
        library.datasets()
    assert (library.home.folder("tiny", version) / CLAIMS).exists()


class Service(EmbeddedStore):
    """A store that outlives those who use it."""

    def close(self) -> None:
        pass


def test_graphs_of_others_in_a_shared_store_are_left_alone(tmp_path: Path, dataset: Write) -> None:
    shared = Service(None)
    with Library(tmp_path / "one", lambda: shared) as one, Library(tmp_path / "two", lambda: shared) as two:
        one.load(dataset(SMALL))
        two.load(dataset(SMALL, name="other"))
        assert len(one.store().graphs()) == 1
        assert len(two.store().graphs()) == 2
        two.unload("other")
        two.world(frozenset())
        assert {graph.split("/")[-2] for graph in shared.graphs()} == {"tiny"}
    EmbeddedStore.close(shared)


def test_nobody_else_waits_while_the_store_is_filled(tmp_path: Path, dataset: Write) -> None:
    opening, go_on = threading.Event(), threading.Event()

    def open_slowly() -> EmbeddedStore:
        opening.set()
        assert go_on.wait(30)
        return EmbeddedStore(None)

    with Library(tmp_path / "home", open_slowly, linking=False) as library:
        library.load(dataset(SMALL))
        filling = threading.Thread(target=library.store)
        filling.start()
        assert opening.wait(30)
        reading = threading.Thread(target=answer, args=(library, "tiny"))
        reading.start()
        reading.join(20)
        waited = reading.is_alive()
        go_on.set()
        filling.join(30)
        reading.join(30)
        assert not waited
        assert len(library.store().graphs()) == 1
