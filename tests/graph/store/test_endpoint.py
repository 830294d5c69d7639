"""What only the endpoint promises: every failure of the other side is told, with its address and no password."""

import socket
from contextlib import closing

import httpx
import pytest

from graph.errors import StoreUnavailable, Timeout
from graph.store import Limits
from graph.store.endpoint import EndpointStore
from graph.store.marks import HELD, mark, named

A, B = (f"https://w3id.org/concert/id/dataset/{name}/1" for name in "ab")


def answering(*answers):
    """A store on a service that gives these answers, one after the other."""
    given = iter(answers)
    client = httpx.Client(transport=httpx.MockTransport(lambda request: next(given)))
    return closing(EndpointStore(*["http://reader:secret@graphs.example/sparql"] * 3, client))


JSON = {"Content-Type": "application/sparql-results+json"}
NO_GRAPHS = httpx.Response(200, text='{"head":{"vars":["graph"]},"results":{"bindings":[]}}', headers=JSON)


def test_a_service_that_is_not_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://reader:secret@127.0.0.1:{free.getsockname()[1]}/query"
        with closing(EndpointStore(url, url, url, httpx.Client())) as store, pytest.raises(StoreUnavailable) as failure:
            store.graphs()
    assert failure.value.where == url.replace("reader:secret@", "")


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_a_service_that_refuses(status):
    with answering(httpx.Response(status, text="no")) as store, pytest.raises(StoreUnavailable) as failure:
        store.graphs()
    assert str(status) in failure.value.message
    assert "secret" not in str(failure.value)


def test_a_service_that_is_too_slow():
    with answering(NO_GRAPHS, httpx.Response(504)) as store, pytest.raises(Timeout):
        store.query("ASK {}", frozenset({A}), limits=Limits(seconds=1))


def test_something_that_is_no_sparql_service():
    page = httpx.Response(200, html="<p>Please log in</p>")
    with answering(NO_GRAPHS, page) as store, pytest.raises(StoreUnavailable) as failure:
        store.query("ASK {}", frozenset({A}))
    assert "text/html" in str(failure.value)


def test_an_answer_that_is_no_json():
    garbled = httpx.Response(200, text="{", headers=JSON)
    with answering(garbled) as store, pytest.raises(StoreUnavailable):
        store.graphs()


def test_what_another_process_left_half_loaded_is_not_seen(service, snapshot):
    """As after a kill: the graph is there, and no mark. The next loading replaces it."""
    half = {"content": "<http://x/half> <http://x/p> 1 .", "headers": {"Content-Type": "text/turtle"}}
    data = httpx.put(f"{service}/store", params={"graph": B}, **half)
    assert data.is_success
    text = "SELECT ?s { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    urls = f"{service}/query", f"{service}/update", f"{service}/store"
    with closing(EndpointStore(*urls, httpx.Client())) as store:
        assert B not in store.graphs()
        assert store.query(text, frozenset({B}), ["text/csv"]).body == b"s\r\n"
        store.add(B, snapshot(B, "<http://x/whole> <http://x/p> <http://x/o>"))
        assert {row["s"].value for row in store.rows(text, frozenset({B}))} == {"http://x/whole"}
        store.remove(B)


def test_the_mark_is_in_its_own_graph():
    assert mark(named(A)).graph_name == HELD
