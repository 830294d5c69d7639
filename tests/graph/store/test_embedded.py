"""What only the embedded store promises: it survives being killed, and no query takes it down."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing

import pyoxigraph
import pytest
import zstandard
from pyoxigraph import NamedNode, Quad

from graph.errors import InvalidData, Locked, QueryError, Timeout, TooLarge
from graph.store import Limits
from graph.store.embedded import EmbeddedStore
from graph.store.views import Queries

A, B = (f"https://w3id.org/concert/id/dataset/{name}/1" for name in "ab")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def counted(store, *graphs):
    (row,) = store.rows(COUNT, frozenset(graphs))
    assert store.query(COUNT, frozenset(graphs), ["text/csv"]).body == f"n\r\n{row['n'].value}\r\n".encode()
    return int(row["n"].value)


def test_what_is_held_is_there_after_closing(tmp_path, snapshot):
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        store.add(A, snapshot(A, "<http://x/a> <http://x/p> 'of a'".replace("'", '"')))
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        assert store.graphs() == {A}
        assert counted(store, A) == 1


def test_what_is_unmarked_vanishes_on_opening(tmp_path, snapshot):
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>"))
    quads = pyoxigraph.Store(tmp_path / "store" / "quads")
    rest = NamedNode("http://x/p"), NamedNode("http://x/o"), NamedNode(B)
    half = (Quad(NamedNode(f"http://x/{n}"), *rest) for n in range(120_000))
    quads.bulk_extend(half)
    del quads
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        assert store.graphs() == {A}
        assert counted(store, A, B) == 1
    assert list(pyoxigraph.Store(tmp_path / "store" / "quads").quads_for_pattern(None, None, None, NamedNode(B))) == []


def test_killed_while_loading_nothing_of_it_stays(tmp_path, snapshot):
    """The snapshot is a pipe, of which the loading process has read enough to have begun when it is killed."""
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>"))
    pipe = tmp_path / "pipe.nq.zst"
    os.mkfifo(pipe)
    program = "import sys; from pathlib import Path; from graph.store.embedded import EmbeddedStore; "
    program += f"EmbeddedStore(Path({str(tmp_path / 'store')!r})).add({B!r}, Path({str(pipe)!r}))"
    ours = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    loading = subprocess.Popen([sys.executable, "-c", program], env=ours)
    lines = "".join(f"<http://x/{n}> <http://x/p> <http://x/{n * 7919}> <{B}> .\n" for n in range(200_000))
    with pipe.open("wb") as feed:
        feed.write(zstandard.compress(lines.encode())[:-100])
        feed.flush()
        with pytest.raises(Locked) as refusal:
            EmbeddedStore(tmp_path / "store")
        assert str(tmp_path / "store") in str(refusal.value)
        loading.send_signal(signal.SIGKILL)
        assert loading.wait(10) == -signal.SIGKILL
    with_trace = pyoxigraph.Store(tmp_path / "store" / "quads")
    assert with_trace.contains_named_graph(NamedNode(B))  # by which the next opening knows what to clear
    del with_trace
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        assert store.graphs() == {A}
        assert counted(store, A, B) == 1
        assert NamedNode(B) not in set(store._quads.named_graphs())


def test_a_refused_snapshot_leaves_no_trace(snapshot):
    with closing(EmbeddedStore()) as store:
        with pytest.raises(InvalidData):
            store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>", "<http://x/a> <http://x/p> 1"))
        assert list(store._quads.named_graphs()) == []


def test_rows_begin_again_when_a_graph_goes_at_that_moment(snapshot):
    """A removal takes the graph from the held ones first, so a query that began before that has seen all of it."""

    class Removing:
        def __init__(self, quads):
            self.quads = quads

        def query(self, *arguments, **world):
            store._held = frozenset()
            return self.quads.query(*arguments, **world)

    with closing(EmbeddedStore()) as store:
        store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>"))
        store._quads = Removing(store._quads)
        assert list(store.rows("SELECT * { ?s ?p ?o }", frozenset({A}))) == []
        store._quads = store._quads.quads  # which lets go of its folder when it is closed


def test_a_query_that_needs_too_much_memory_ends_alone(snapshot):
    with closing(EmbeddedStore()) as store:
        store.add(A, snapshot(A, *(f'<http://x/{n}> <http://x/p> "{n}"' for n in range(3000))))
        hungry = "SELECT (GROUP_CONCAT(?o) AS ?all) { ?s ?p ?o . ?t ?q ?u }"
        with pytest.raises(TooLarge):
            store.query(hungry, frozenset({A}), limits=Limits(memory=100 * 2**20))
        assert counted(store, A) == 3000


def test_a_query_that_breaks_the_parser_ends_alone(snapshot):
    with closing(EmbeddedStore()) as store:
        with pytest.raises(QueryError):
            store.query("SELECT (" + "!" * 90_000 + "true AS ?x) {}", frozenset())
        assert store.query("ASK {}", frozenset()).body


def test_waiting_for_a_place_is_within_the_time(monkeypatch, snapshot):
    monkeypatch.setattr("graph.store.views.os.cpu_count", lambda: 1)
    with closing(EmbeddedStore()) as store:
        for _ in range(2):
            store._queries._places.acquire()
        with pytest.raises(Timeout, match="Too many"):
            store.query("ASK {}", frozenset(), limits=Limits(seconds=0.1))


def test_a_view_stays_until_its_last_reader_is_done(tmp_path, snapshot):
    with closing(EmbeddedStore(tmp_path / "store")) as store:
        store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>"))
        with store._views.open() as old:
            store.remove(A)
            with store._views.open() as new:
                assert (old.graphs, new.graphs) == ({A}, frozenset())
                assert len(pyoxigraph.Store.read_only(str(old.folder))) == 2
            assert old.folder.exists()
        assert [view.name for view in (tmp_path / "store" / "views").iterdir()] == [new.folder.name]


def test_readers_see_the_world_before_a_load_or_after_it(snapshot):
    """While a graph comes and goes, a reader finds all of it or nothing."""
    size = 60_000  # more than one batch of a removal
    path = snapshot(A, *(f"<http://x/{n}> <http://x/p> <http://x/o>" for n in range(size)))
    with closing(EmbeddedStore()) as store:
        done = threading.Event()

        def change():
            for _ in range(3):
                store.add(A, path)
                store.remove(A)
            done.set()

        changing = threading.Thread(target=change)
        changing.start()
        seen = set()
        while not done.is_set():
            seen.add(store.query(COUNT, frozenset({A}), ["text/csv"]).body)
            (row,) = store.rows(COUNT, frozenset({A}))
            seen.add(f"n\r\n{row['n'].value}\r\n".encode())
        changing.join()
        assert seen <= {b"n\r\n0\r\n", f"n\r\n{size}\r\n".encode()}


def test_a_temporary_store_leaves_nothing(snapshot):
    store = EmbeddedStore()
    folder = store._views._folder.parent
    store.add(A, snapshot(A, "<http://x/a> <http://x/p> <http://x/b>"))
    assert isinstance(store._queries, Queries)
    store.close()
    assert not folder.exists()
