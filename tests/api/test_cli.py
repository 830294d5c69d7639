"""The command line: what it prints, where, and how it ends."""

import csv
import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import typer

from api.cli import program

Run = Callable[..., Any]
COMMANDS = sorted(typer.main.get_command(program).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(concert: Run, command: str) -> None:
    ran = concert(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.decode().split()) > 10


def test_without_a_name_the_questions_and_the_networks_are_listed(concert: Run) -> None:
    assert b"who-works-where" in concert("ask").out
    assert b"coordination" in concert("draw").out


WRONG = {
    ("ask", "nothing"): (4, "who-works-where"),
    ("ask", "who-works-where", "place=Narnia"): (2, "ISO 3166"),
    ("ask", "who-works-where", "place=[/red]"): (2, "ISO 3166"),
    ("ask", "who-works-where", "place=\udcff"): (2, "control"),
    ("ask", "who-works-where", "TJ"): (2, "name=value"),
    ("ask", "who-works-where", "colour=red"): (2, "place, domain"),
    ("ask", "who-works-where", "--limit", "0"): (2, "1 to 10000"),
    ("ask", "who-works-where", "--cursor", "x"): (2, "`next`"),
    ("ask", "who-works-where", "--format", "pdf"): (2, "csv"),
    ("draw", "nothing"): (4, "coordination"),
    ("draw", "path"): (2, "actor"),
    ("draw", "coordination", "--format", "pdf"): (2, "graphml"),
    ("export", "nothing"): (4, "nquads"),
    ("unload", "nothing"): (4, "reference"),
    ("unload", "reference"): (65, "no other one uses"),
    ("backup", "/nowhere/at/all.tar.gz"): (73, "/nowhere"),
    ("export", "nquads", "dataset=reference", "--output", "/nowhere/at/all"): (73, "/nowhere"),
}


@pytest.mark.parametrize("words", WRONG, ids=[ascii(" ".join(words)) for words in WRONG])
def test_what_is_wrong_is_one_line_on_standard_error(concert: Run, home: Path, words: tuple[str, ...]) -> None:
    code, expected = WRONG[words]
    ran = concert(*words, "--home", home)
    assert (ran.code, ran.out) == (code, b"")
    assert ran.err.startswith("error: ")
    assert expected in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("words", [("nothing",), ("ask", "--colour"), ("load", "/nowhere"), ("serve", "--port", "0")])
def test_a_wrong_use_ends_with_2(concert: Run, words: tuple[str, ...]) -> None:
    assert concert(*words).code == 2


def test_a_table_is_for_people_and_says_what_is_not_in_it(concert: Run, home: Path) -> None:
    ran = concert("ask", "who-works-where", "place=TJ", "--limit", 3, "--home", home)
    assert "Who works where" in ran.out.decode()
    assert "3 of" in ran.err
    assert "--cursor " in ran.err
    cursor = ran.err.rpartition("--cursor ")[2].strip()
    assert concert("ask", "who-works-where", "place=TJ", "--cursor", cursor, "--home", home).code == 0


@pytest.mark.parametrize("question", ["gaps", "commitments"])
def test_a_wide_answer_is_readable_at_80_columns(
    concert: Run, home: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    asked = ("ask", question, "--limit", 3, "--home", home)
    rows = list(csv.DictReader(io.StringIO(concert(*asked, "--format", "csv").out.decode())))
    _, *blocks = concert(*asked).out.decode().strip().split("\n\n")
    assert len(blocks) == len(rows) == 3
    for row, block in zip(rows, blocks, strict=True):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        assert " claim" in lines.pop("sources")
        told = {name: text for name, text in row.items() if text and name != "sources" and not name.endswith("_id")}
        assert lines == told


def test_a_table_stays_one_where_it_has_room(concert: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert "┃ sources" in concert("ask", "gaps", "--limit", 1, "--home", home).out.decode()


def test_the_module_is_the_program() -> None:
    ran = subprocess.run([sys.executable, "-m", "api.cli", "ask"], capture_output=True, check=False)
    assert (ran.returncode, b"who-works-where" in ran.stdout) == (0, True)


def test_an_answer_goes_to_a_file(concert: Run, home: Path, tmp_path: Path) -> None:
    for form in ("json", "jsonld", "csv", "xlsx", "table"):
        file = tmp_path / f"answer.{form}"
        ran = concert("ask", "figures", "--format", form, "--output", file, "--home", home)
        assert (ran.code, ran.out) == (0, b"")
        assert len(file.read_bytes()) > 100


@pytest.mark.parametrize("form", ["graphml", "gexf", "json", "html"])
def test_a_network_is_drawn_for_other_programs(concert: Run, home: Path, form: str) -> None:
    ran = concert("draw", "coordination", "domain=drugs", "--format", form, "--home", home)
    assert (ran.code, ran.err) == (0, "")
    if form == "graphml":
        assert nx.read_graphml(io.BytesIO(ran.out)).number_of_nodes() > 5
    if form == "html":
        assert ran.out.lstrip().lower().startswith(b"<!doctype html")


def test_sparql_is_answered_in_the_form_asked_for(concert: Run, home: Path, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text("SELECT (1 AS ?one) {}", encoding="utf-8")
    assert concert("sparql", query, "--format", "text/csv", "--home", home).out.split() == [b"one", b"1"]
    query.write_text("DROP ALL", encoding="utf-8")
    assert concert("sparql", query, "--home", home).code == 2


def test_an_export_is_what_was_loaded(concert: Run, home: Path) -> None:
    ran = concert("export", "nquads", "dataset=paper-2003", "--home", home)
    quads = list(ox.parse(io.BytesIO(ran.out), ox.RdfFormat.N_QUADS))
    told = concert("status", "--home", home).out.decode()
    assert f"{len(quads) - 1} claims" in told.split("paper-2003 ")[1]  # the version is stated, and not counted
    assert len({quad.graph_name for quad in quads}) == 1


def test_validate_says_whether_it_would_load_and_keeps_nothing(
    concert: Run, home: Path, dataset: Callable[..., Path]
) -> None:
    before = sorted(home.rglob("*"))
    good = dataset({"actors": [{"id": "a", "class": "Organisation", "name": "A"}]}, name="good")
    assert concert("validate", good, "--home", home).out.startswith(b"good is valid: ")
    bad = dataset({"actors": [{"id": "a", "class": "Nothing", "name": "A"}]}, name="bad")
    ran = concert("validate", bad, "--home", home)
    assert (ran.code, ran.out) == (65, b"")
    assert "actors.csv row 2" in ran.err
    assert [path for path in sorted(home.rglob("*")) if path.name != "lock"] == before
    assert b"good" not in concert("status", "--home", home).out


def test_a_restore_refuses_a_home_in_use_and_what_is_no_backup(concert: Run, home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.gz"
    assert concert("backup", archive, "--home", home).code == 0
    assert concert("restore", archive, "--home", home).code == 65

    for name, content in {"text": b"no archive", "cut": archive.read_bytes()[:5000]}.items():
        (tmp_path / name).write_bytes(content)
        ran = concert("restore", tmp_path / name, "--home", tmp_path / f"home-{name}")
        assert (ran.code, ran.out) == (65, b"")
        assert "concert backup" in ran.err
        assert not any((tmp_path / f"home-{name}").iterdir())

    with tarfile.open(tmp_path / "evil", "w:gz") as evil:
        evil.add(archive, arcname="../escaped")
    assert concert("restore", tmp_path / "evil", "--home", tmp_path / "home-evil").code == 65
    assert not (tmp_path / "escaped").exists()
    with tarfile.open(tmp_path / "other", "w:gz") as other:
        other.add(archive, arcname="something")
    assert concert("restore", tmp_path / "other", "--home", tmp_path / "home-other").code == 65
    assert not any((tmp_path / "home-other").iterdir())
