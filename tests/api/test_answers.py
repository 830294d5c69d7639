"""The same answer whoever asks: over HTTP, on the command line, from another store, after a rebuild and a restore."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.questions.catalogue import catalogue

DRUGS_IN_TJ = ("who-works-where", {"place": "TJ", "domain": "drugs"})
FIGURES_OF_TM = ("figures", {"place": "TM"})
TOLD_ONCE = {"double-reporting"}
"""Questions to which what is shipped has no answer: no effort in it is told of twice."""
ASKED = [(name, given) for name, q in catalogue().items() for given in ({}, q.header.example)]


def answers(client: TestClient, asked: list[tuple[str, dict[str, str]]]) -> dict[str, bytes]:
    """Questions as the bytes of their JSON, and some things besides that need SPARQL."""
    paths = [f"/api/questions/{name}?{httpx.QueryParams(given)}" for name, given in asked]
    paths += ["/api/actors/unodc", "/api/places/tj", "/api/datasets/paper-2003", "/id/actor/unodc?format=jsonld"]
    paths += ["/api/networks/coordination", "/api/networks/path?start=unodc&end=tj"]
    found = {}
    for path in paths:
        reply = client.get(path)
        assert reply.status_code == 200, (path, reply.text)
        found[path] = reply.content if path.startswith("/api") else b"\n".join(sorted(reply.content.split(b"}")))
    return found


@pytest.fixture(scope="module")
def usual(client: TestClient) -> dict[str, bytes]:
    return answers(client, ASKED)


def check_drugs_in_tajikistan(answer: dict[str, Any]) -> None:
    labels = " ".join(row["actor"]["label"] for row in answer["rows"] if row["actor"])
    for name in ("United Nations Office on Drugs and Crime", "Drug Control Agency", "Aga Khan"):
        assert name in labels
    assert all(row["sources"] for row in answer["rows"])
    assert all(source["document"] and source["locators"] for row in answer["rows"] for source in row["sources"])
    assert answer["total"] == len(answer["rows"])
    assert answer["caveat"]


def check_heroin_in_turkmenistan(answer: dict[str, Any]) -> None:
    seized = [row for row in answer["rows"] if row["measure"]["id"] == "measure/seizures"]
    assert len(seized) == 1
    assert (seized[0]["low"], seized[0]["high"], seized[0]["unit"]["id"]) == (55, 400, "unit/kilogram")
    assert seized[0]["contested"] is True
    assert seized[0]["place"]["id"] == "place/tm"
    assert len(seized[0]["sources"]) >= 2


CHECKS = [(DRUGS_IN_TJ, check_drugs_in_tajikistan), (FIGURES_OF_TM, check_heroin_in_turkmenistan)]


@pytest.mark.parametrize(("asked", "check"), CHECKS, ids=["drugs in TJ", "figures of TM"])
def test_the_paper_is_answered_over_http(
    client: TestClient, asked: tuple[str, dict[str, str]], check: Callable[[Any], None]
) -> None:
    check(client.get(f"/api/questions/{asked[0]}", params=asked[1]).json())


@pytest.mark.parametrize(("asked", "check"), CHECKS, ids=["drugs in TJ", "figures of TM"])
def test_the_command_line_gives_what_the_api_gives(
    client: TestClient,
    concert: Callable[..., Any],
    home: Path,
    asked: tuple[str, dict[str, str]],
    check: Callable[[Any], None],
) -> None:
    name, given = asked
    words = [f"{parameter}={value}" for parameter, value in given.items()]
    ran = concert("ask", name, *words, "--format", "json", "--home", home)
    assert (ran.code, ran.err) == (0, "")
    check(ran.json)
    assert ran.json == client.get(f"/api/questions/{name}", params=given).json()


def test_the_installed_command_says_nothing_else(home: Path, client: TestClient) -> None:
    command = [str(Path(sys.executable).parent / "concert"), "ask", "figures", "place=TM", "--format", "json"]
    ran = subprocess.run([*command, "--home", str(home)], capture_output=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout) == client.get("/api/questions/figures?place=TM").json()


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{name} {given}" for name, given in ASKED])
def test_every_question_has_rows_with_sources_a_total_and_a_caveat(
    usual: dict[str, bytes], name: str, given: dict[str, str]
) -> None:
    answer = json.loads(usual[f"/api/questions/{name}?{httpx.QueryParams(given)}"])
    question = catalogue()[name]
    assert answer["total"] >= len(answer["rows"])
    assert answer["rows"] or name in TOLD_ONCE
    assert answer["caveat"] == question.header.caveat
    assert (answer["next"] is None) == (answer["total"] == len(answer["rows"]))
    for row in answer["rows"]:
        assert [*row] == [*dict.fromkeys([*question.header.columns, *(["reach"] if "reach" in row else [])]), "sources"]
        assert row["sources"]
        for column, told in question.header.columns.items():
            assert isinstance(row[column], list) == told.many, column


def same(home: Path, usual: dict[str, bytes], **environment: str) -> bool:
    """Whether an application over `home` gives every question's example as it is usually given."""
    settings = Settings.from_environment({"CONCERT_HOME": str(home)} | environment)
    with TestClient(create_app(settings)) as client:
        found = answers(client, [(name, question.header.example) for name, question in catalogue().items()])
    assert found == {path: usual[path] for path in found}
    return True


def test_a_rebuild_gives_the_same_bytes(usual: dict[str, bytes], home: Path, concert: Callable[..., Any]) -> None:
    ran = concert("rebuild", "--home", home)
    assert ran.code == 0
    assert b"rebuilt paper-2003, reference" in ran.out
    assert same(home, usual)


def test_a_backup_restored_elsewhere_gives_the_same_bytes(
    usual: dict[str, bytes], home: Path, concert: Callable[..., Any], tmp_path: Path
) -> None:
    assert concert("backup", tmp_path / "all.tar.gz", "--home", home).code == 0
    shutil.rmtree(home)
    restored = concert("restore", tmp_path / "all.tar.gz", "--home", tmp_path / "other")
    assert (restored.code, restored.out) == (0, b"restored paper-2003, reference\n")
    assert same(tmp_path / "other", usual)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """A SPARQL service of one's own: the store's tests empty theirs after each test."""
    binary = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert binary, "the oxigraph server is missing: install the development dependencies"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [binary, "serve", "--location", str(tmp_path / "oxigraph"), "--bind", address]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://{address}/query", params={"query": "ASK {}"}).raise_for_status()
                break
            except httpx.TransportError:
                assert server.poll() is None, "the oxigraph server ended"
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(10)


def test_another_store_gives_the_same_bytes(
    usual: dict[str, bytes], home: Path, service: str, concert: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert same(home, usual, CONCERT_STORE=service)
    monkeypatch.setenv("CONCERT_STORE", service)
    for asked, check in CHECKS:
        words = [f"{parameter}={value}" for parameter, value in asked[1].items()]
        check(concert("ask", asked[0], *words, "--format", "json", "--home", home).json)
    assert not (home / "store").exists()
    graphs = httpx.get(
        f"{service}/query", params={"query": "SELECT DISTINCT ?g { GRAPH ?g {} }"}, headers={"Accept": "text/csv"}
    )
    assert "dataset/paper-2003/" in graphs.text
