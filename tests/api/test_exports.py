"""Exports over HTTP and from the shell: what comes is what the writers write, bounded, and nothing stays behind."""

import csv
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import typer
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.app import create_app
from api.commands.exporting import export
from api.export import export_to, snapshots
from api.scratch import ABANDONED, scratch
from api.settings import Settings
from api.visibility import library_of, world_of
from graph.datasets.snapshot import CLAIMS
from graph.errors import ConcertError
from graph.library import Library
from graph.writers.export import EXPORTS, FILTERS
from graph.writers.export import export as write

PROBLEM = "application/problem+json"
SEEN = {
    "actors": [{"id": "a", "class": "Group", "name": "Open"}],
    "programmes": [{"id": "p", "name": "Effort", "status": "active", "domains": "arms"}],
    "participations": [{"actor": "a", "programme": "p", "role": "implementing"}],
}
HIDDEN = {
    "actors": [{"id": "s", "class": "Group", "name": "Zzsecretive"}],
    "programmes": [{"id": "q", "name": "Zzeffort", "status": "active", "domains": "arms"}],
    "participations": [
        {"actor": "s", "programme": "open.p", "role": "host"},
        {"actor": "s", "programme": "q", "role": "host"},
    ],
}


def left(home: Path) -> list[str]:
    """What requests left behind in a home."""
    return sorted(path.name for path in (home / "cache").glob("scratch-*"))


def test_the_formats_are_listed_with_what_they_cannot_say(client: TestClient) -> None:
    told = client.get("/api/exports").json()
    assert [each["name"] for each in told["exports"]] == list(EXPORTS)
    for each in told["exports"]:
        assert each["title"]
        assert "/" in each["media_type"]
        assert len(each["cannot"]) > 20
        assert client.get(f"{each['url']}?domain=arms").status_code == 200
    assert told["parameters"].keys() == FILTERS.keys()


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("query", ["", "?place=TJ&domain=drugs", "?dataset=paper-2003", "?on=2003-05-14&actor=UNODC"])
def test_a_file_is_what_the_writer_writes(client: TestClient, app: FastAPI, name: str, query: str) -> None:
    library: Library = app.state.library
    reply = client.get(f"/api/exports/{name}{query}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].partition(";")[0] == EXPORTS[name].media_type
    assert reply.headers["content-disposition"] == f'attachment; filename="concert{EXPORTS[name].suffix}"'
    world = library.world(library.names())
    out = io.BytesIO()
    given = {key: [value] for key, _, value in (part.partition("=") for part in query[1:].split("&")) if key}
    told = write(world, name, given, snapshots(library, world), out)
    assert reply.content == out.getvalue()
    assert json.loads(reply.headers["concert-written"]) == dict(told.written)
    assert json.loads(reply.headers["concert-unsaid"]) == dict(told.unsaid)
    assert left(library.home.path) == []


def test_several_values_of_a_filter_are_either(client: TestClient) -> None:
    def programmes(query: str) -> set[str]:
        rows = list(csv.reader(io.StringIO(client.get(f"/api/exports/hxl?{query}").text)))
        return {row[1] for row in rows[2:]}

    assert programmes("place=TJ&place=KZ") == programmes("place=TJ") | programmes("place=KZ")
    assert programmes("place=TJ&domain=arms") < programmes("place=TJ")


WRONG = {
    "/api/exports/xls": (404, None),
    "/api/exports/hxl?colour=red": (400, "colour"),
    "/api/exports/hxl?place=Narnia": (400, "place"),
    "/api/exports/parquet?on=yesterday": (400, "on"),
    "/api/exports/nquads?dataset=nothing": (400, "dataset"),
    "/api/exports/nquads?limit=5": (400, "limit"),
    "/api/exports/trig?on=2003-05-14&on=2003-05-15": (400, "on"),
}


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_is_a_problem_and_leaves_nothing(client: TestClient, app: FastAPI, path: str) -> None:
    status, parameter = WRONG[path]
    reply = client.get(path)
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM)
    assert reply.json().get("parameter") == parameter
    assert reply.json()["expected"]
    assert left(app.state.library.home.path) == []


@pytest.mark.parametrize("name", EXPORTS)
def test_too_much_and_too_long_are_problems(client: TestClient, app: FastAPI, name: str) -> None:
    settings = app.state.settings
    try:
        for bounds, status in (({"export_bytes": 3000}, 413), ({"export_seconds": 0}, 504)):
            app.state.settings = replace(settings, **bounds)
            reply = client.get(f"/api/exports/{name}")
            assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM)
            assert "dataset" in reply.json()["expected"]
            assert left(app.state.library.home.path) == []
    finally:
        app.state.settings = settings
    assert client.get(f"/api/exports/{name}?dataset=paper-2003").status_code == 200


@pytest.fixture
def half(tmp_path: Path, dataset: Callable[..., Path]) -> Iterator[TestClient]:
    """An application over two datasets, to a reader who may see one of them."""
    opened = dataset(SEEN, name="open")
    hidden = dataset(HIDDEN, name="hidden", uses=["open"], handling="red")
    app = create_app(Settings(home=tmp_path / "home", shipped=(opened, hidden)))

    def one(request: Request) -> Any:
        return library_of(request).world(frozenset({"open"}))

    with TestClient(app, raise_server_exceptions=False) as client:
        assert b"Zzsecretive" in client.get("/api/exports/nquads").content
        app.dependency_overrides[world_of] = one
        yield client


def test_a_dataset_that_may_not_be_seen_is_in_no_format(half: TestClient) -> None:
    for name in EXPORTS:
        for query in ("", "?domain=arms", "?actor=open.a"):
            reply = half.get(f"/api/exports/{name}{query}")
            said = reply.content
            if name == "parquet":
                with zipfile.ZipFile(io.BytesIO(said)) as archive:
                    said = b"".join(archive.read(each) for each in archive.namelist())
            assert reply.status_code == 200
            assert b"open" in said
            assert b"ecretive" not in said
            assert b"hidden" not in said
            assert b"RED" not in said
        for query in ("dataset=hidden", "actor=hidden.s"):
            refused, made_up = half.get(f"/api/exports/{name}?{query}"), half.get(f"/api/exports/{name}?{query}x")
            assert refused.status_code == made_up.status_code == 400
            assert refused.text == made_up.text.replace("hiddenx", "hidden").replace("hidden.sx", "hidden.s")


def test_what_a_killed_process_left_goes_after_a_day(library: Library) -> None:
    recent, old = scratch(library), scratch(library)
    (old / "half.zip").write_bytes(b"PK")
    os.utime(old, (0, old.stat().st_mtime - ABANDONED - 60))
    scratch(library)
    assert recent.exists()
    assert not old.exists()


def test_a_version_that_is_replaced_meanwhile_is_read_anew(
    library: Library, dataset: Callable[..., Path], tmp_path: Path
) -> None:
    library.load(dataset(SEEN, name="open"))
    world = library.world(library.names())
    changed = SEEN | {"actors": [{"id": "a", "class": "Group", "name": "Changed"}]}
    library.load(dataset(changed, name="open"))
    assert not (library.home.folder("open", world.datasets["open"]) / CLAIMS).exists()
    for name in ("nquads", "trig"):
        export_to(tmp_path / "out", library, world, name, {})
        assert "Changed" in (tmp_path / "out").read_text(encoding="utf-8")
    export_to(tmp_path / "out", library, world, "nquads", {"domain": ["arms"]})
    assert "Changed" in (tmp_path / "out").read_text(encoding="utf-8")


@pytest.fixture
def run(home: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[bytes, str]]:
    """The command `export` as the shell runs it: what it writes, and what it says."""
    program = typer.Typer()
    program.command()(export)

    def ran(*words: object) -> tuple[bytes, str]:
        capfdbinary.readouterr()
        program([*map(str, words), "--home", str(home)], standalone_mode=False)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return out, err.decode()

    return ran


def test_the_command_lists_the_formats(run: Callable[..., tuple[bytes, str]]) -> None:
    listed = run()[0].decode().splitlines()
    assert [line.split()[0] for line in listed] == list(EXPORTS)


def test_the_command_writes_one_dataset_to_standard_output(
    run: Callable[..., tuple[bytes, str]], shipped: Library
) -> None:
    out, said = run("nquads", "dataset=paper-2003")
    assert set(ox.parse(out, format=ox.RdfFormat.N_QUADS)) == set(
        ox.parse(shipped.claims("paper-2003"), format=ox.RdfFormat.N_QUADS)
    )
    assert said.startswith("wrote ")
    assert " claims" in said


def test_the_command_writes_a_file_whole_or_not_at_all(
    run: Callable[..., tuple[bytes, str]], tmp_path: Path, client: TestClient
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out, said = run("hxl", "place=TJ", "place=KZ", "--output", folder / "tj.csv")
    assert out == b""
    assert (folder / "tj.csv").read_bytes() == client.get("/api/exports/hxl?place=TJ&place=KZ").content
    assert "programmes" in said
    assert "no place for" in said
    for words in (("hxl", "place=Narnia"), ("pdf",), ("hxl", "TJ")):
        with pytest.raises(ConcertError):
            run(*words, "--output", folder / "tj.csv")
    assert [path.name for path in folder.iterdir()] == ["tj.csv"]
    assert (folder / "tj.csv").read_bytes().startswith(b"Programme,")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        run("hxl", "--output", tmp_path / "nowhere" / "tj.csv")
    assert run("hxl", "--output", "/dev/null")[0] == b""
