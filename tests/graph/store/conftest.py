import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import zstandard

from graph.store.embedded import EmbeddedStore
from graph.store.endpoint import EndpointStore


@pytest.fixture
def snapshot(tmp_path):
    """Writes lines of triples as the snapshot of a graph."""

    def write(graph, *triples, name="snapshot.nq.zst"):
        path = tmp_path / name
        text = "".join(f"{triple} <{graph}> .\n" for triple in triples)
        path.write_bytes(zstandard.ZstdCompressor().compress(text.encode()))
        return path

    return write


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """The address of a real SPARQL service, `oxigraph serve`, which is a development dependency."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert binary, "the oxigraph server is missing: install the development dependencies"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [binary, "serve", "--location", str(tmp_path_factory.mktemp("oxigraph")), "--bind", address]
    command += ["--timeout-s", "5"]  # it goes on with a query that nobody waits for any more
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(server, f"http://{address}/query")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(10)


def _wait(server, url):
    for _ in range(200):
        assert server.poll() is None, "the oxigraph server ended"
        try:
            return httpx.get(url, params={"query": "ASK {}"}).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the oxigraph server doesn't answer")


def endpoint(url):
    return EndpointStore(f"{url}/query", f"{url}/update", f"{url}/store", httpx.Client())


@pytest.fixture(params=["temporary", "disk", "endpoint"])
def store(request, tmp_path):
    """Each kind of store, empty."""
    if request.param == "temporary":
        opened = EmbeddedStore()
    elif request.param == "disk":
        opened = EmbeddedStore(tmp_path / "store")
    else:
        opened = endpoint(request.getfixturevalue("service"))
    yield opened
    for graph in opened.graphs():
        opened.remove(graph)
    opened.close()
