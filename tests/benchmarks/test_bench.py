"""The benchmark itself, on a very small world: every peer answers as Concert does, row by row, and the run says so."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import bench, table
from tests.benchmarks.agreement import difference, shared
from tests.benchmarks.asking import Child, median
from tests.benchmarks.cases import PLANTED, Case, cases
from tests.benchmarks.pairs import REGION
from tests.benchmarks.peers.queries import HERE, cypher, query, sparql
from tests.benchmarks.peers.systems import SYSTEMS, System, Total
from tests.benchmarks.table import BEGIN, END

SIZE = 300
ASKED = ("mandates", "presence-matrix")
CASES = {
    case.name: case for case in (*cases(SIZE, REGION, "2003-01-15"), *cases(SIZE, "place/central-asia", "2002-06-15"))
}
"""The planted pairs, with every verdict, and the shipped paper, which says what the made-up world never does."""
QUICK = ("flows", "figures", "mandates", "actor-portfolio")
"""What rdflib answers in a moment."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work folder of one run, with the page that the table was written to."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "page.md").write_text(f"Before\n{BEGIN}\nthe table before\n{END}\nAfter\n", encoding="utf-8")
    assert run(folder, "--allow-void") == 0
    return folder


def run(work: Path, *more: str) -> int:
    given = ["--size", str(SIZE), "--work", str(work), "--only", *ASKED, "--halvings", "1", "--reading", "0.2"]
    peers = ["--peers", "duckdb", "pyoxigraph", "ladybug"]
    return bench.main([*given, *peers, "--write", str(work / "page.md"), *more])


@pytest.fixture(scope="module")
def systems(work: Path) -> Iterator[dict[str, System]]:
    """Every system with that world open."""
    opened = {name: system(work / f"{SIZE}-1") for name, system in SYSTEMS.items()}
    yield opened
    for system in opened.values():
        system.close()


@pytest.fixture(scope="module")
def answers(systems: dict[str, System]) -> dict[str, list[dict[str, Any]]]:
    """Concert's own rows for every case."""
    return {name: list(systems["concert"].rows(case)) for name, case in CASES.items()}


def asked_of(peer: str) -> list[str]:
    language = {"duckdb": "sql", "ladybug": "cypher"}.get(peer, "rq")
    names = [name for name, case in CASES.items() if (HERE / f"{case.question}.{language}").exists()]
    if peer == "pyoxigraph":
        names.remove(f"gaps place={PLANTED}")  # all gaps are asked of it, which takes seconds
    return [name for name in names if peer != "rdflib" or CASES[name].question in QUICK]


@pytest.mark.parametrize(("peer", "name"), [(peer, name) for peer in bench.PEERS for name in asked_of(peer)])
def test_every_peer_answers_as_concert_does(
    peer: str, name: str, systems: dict[str, System], answers: dict[str, list[dict[str, Any]]]
) -> None:
    case, expected = CASES[name], answers[name]
    found = list(systems[peer].rows(case))
    assert difference(expected, found) is None, difference(expected, found)
    assert systems[peer].total(case) == Total(len(expected))
    assert systems["concert"].total(case).agrees(Total(len(expected)))
    if expected:
        assert shared(expected, found)


def test_most_cases_have_rows(answers: dict[str, list[dict[str, Any]]]) -> None:
    """Two empty answers agree about nothing."""
    empty = {name.split()[0] for name, rows in answers.items() if not rows}
    told = {name.split()[0] for name, rows in answers.items() if rows}
    assert not empty - told
    verdicts = {row["verdict"] for name, rows in answers.items() if name.startswith("overlaps") for row in rows}
    assert len(verdicts) == 4
    assert len({row["status"] for row in answers["gaps"]}) == 6


def test_every_question_that_needs_one_has_a_query_by_hand_and_one_in_sparql() -> None:
    for question in {case.question for case in CASES.values()}:
        assert (HERE / f"{question}.sql").exists()
        assert (HERE / f"{question}.rq").exists()


def test_the_table_stands_between_the_marks(work: Path) -> None:
    page = (work / "page.md").read_text(encoding="utf-8")
    assert page.startswith(f"Before\n{BEGIN}\n")
    assert page.endswith(f"{END}\nAfter\n")
    assert "the table before" not in page
    for part in ("### Questions", "### Loading", "### Growth", "### Serving", "### Truth", "### Goals", "Cypher"):
        assert part in page
    assert "void" not in page
    assert "counts: precision 1.0000, recall 1.0000" in page
    assert "double reports: precision " in page


def test_a_run_that_was_stopped_goes_on(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = work / f"{SIZE}-1" / "results"
    kept = json.loads((results / "asked.json").read_text(encoding="utf-8"))
    left = dict(list(kept.items())[:-1])
    (results / "asked.json").write_text(json.dumps(left), encoding="utf-8")
    assert run(work) == 0
    again = json.loads((results / "asked.json").read_text(encoding="utf-8"))
    assert again.keys() == kept.keys()
    assert all(again[name] == left[name] for name in left)
    steps = [line for line in capsys.readouterr().err.splitlines() if ":" in line]
    assert len(steps) == 1
    assert "1 of 1" in steps[0]


@pytest.mark.parametrize(
    ("line", "fails"),
    [
        ("gaps: precision 1.0000, recall 1.0000, 9 expected", False),
        ("gaps: precision 1.0000, recall 0.9999, 9999 expected", True),
        ("double reports: precision 0.9500, recall 0.9000, 100 expected", False),
        ("double reports: precision 0.9499, recall 0.9900, 100 expected", True),
        ("double reports: precision 0.9900, recall 0.8999, 24000 expected", True),
        ("double reports: precision 0.5000, recall 0.5000, 99 expected", False),
        ("failed: the check ended with 1", True),
        ("  missing ('a', 'b')", False),
    ],
)
def test_what_is_not_the_truth_makes_the_run_fail(line: str, fails: bool) -> None:
    assert list(bench.wrong({"asked": {}, "growth": {}, "http": {}, "truth": [line]})) == [line] * fails


def test_another_count_makes_the_ratio_void_and_the_run_fail(work: Path) -> None:
    results = work / f"{SIZE}-1" / "results"
    kept = (results / "asked.json").read_text(encoding="utf-8")
    found = json.loads(kept)
    found["mandates"]["ladybug"]["total"] += 1
    try:
        (results / "asked.json").write_text(json.dumps(found), encoding="utf-8")
        assert table.ratio(found["mandates"], "ladybug") is None
        assert run(work) == 1
        assert run(work, "--allow-void") == 0
        assert "(void: " in (work / "page.md").read_text(encoding="utf-8")
    finally:
        (results / "asked.json").write_text(kept, encoding="utf-8")


def test_what_takes_too_long_is_ended_and_can_be_asked_again(work: Path) -> None:
    child = Child("pyoxigraph", work / f"{SIZE}-1")
    try:
        request = {"question": "gaps", "given": {}}
        assert child.ask(request, 0.01) == {"over": 0.01}
        assert child.ask({"question": "mandates", "given": {}}, 60)["total"] == 17
        assert "error" in child.ask({"question": "nothing", "given": {}}, 60)
    finally:
        child.end()


def test_a_system_that_cannot_open_in_time_is_not_asked_again(work: Path) -> None:
    child = Child("rdflib", work / f"{SIZE}-1", opening=0.01)
    assert "did not open" in child.ask({"question": "mandates", "given": {}}, 1)["error"]
    assert "its time was up" in child.ask({"question": "mandates", "given": {}}, 1)["error"]


def test_a_total_that_is_a_bound_agrees_with_more() -> None:
    assert Total(5).agrees(Total(5))
    assert not Total(5).agrees(Total(6))
    assert Total(5, at_least=True).agrees(Total(6))
    assert Total(6).agrees(Total(5, at_least=True))
    assert not Total(5, at_least=True).agrees(Total(4))


def test_lines_for_parameters_that_are_not_given_are_left_out() -> None:
    assert "spots" not in query("sql", Case("programmes"))
    assert "spots($place)" in query("sql", Case("programmes", {"place": "place/tj", "domain": "domain/drugs"}))
    assert "<https://w3id.org/concert/id/place/tj>" in sparql(Case("figures", {"place": "place/tj"}), counted=True)
    assert "con:within" not in query("rq", Case("fragmentation"))
    assert "con:within" in query("rq", Case("fragmentation", {"place": "place/tj"}))
    assert cypher(Case("mandates"), counted=True).endswith("RETURN count(*) AS total")


def test_medians_and_slopes() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert table.exponent([1, 2, 4], [10, 20, 40]) == pytest.approx(1)
    assert table.exponent([1, 2, 4], [1, 4, 16]) == pytest.approx(2)
