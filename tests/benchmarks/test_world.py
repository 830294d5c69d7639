"""The generated world: the same bytes for a seed, readable, unevenly spread, and true to what was planted."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.library import Library
from graph.tables.world import World
from tests.benchmarks import truth
from tests.benchmarks.dice import Dice, Zipf
from tests.benchmarks.oracle import Oracle
from tests.benchmarks.pairs import CASES, REGION
from tests.benchmarks.words import name
from tests.benchmarks.world import DATASETS, main, make_world, read_truth

STATUSES = {"covered", "thin", "planned", "ended", "none-recorded", "no-source"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world: hardly more than one of each planted case."""
    target = tmp_path_factory.mktemp("small") / "world"
    make_world(target, 700, seed=7)
    return target


@pytest.fixture(scope="module")
def loaded(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same, read, validated and projected; each record counts for itself, as the truth does."""
    with Library(tmp_path_factory.mktemp("home"), linking=False) as library:
        yield truth.load(library, folder)


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(folder: Path, tmp_path: Path) -> None:
    make_world(tmp_path / "again", 700, seed=7)
    make_world(tmp_path / "other", 700, seed=8)
    assert contents(tmp_path / "again") == contents(folder)
    other = contents(tmp_path / "other")
    assert all(other[file] != text for file, text in contents(folder).items() if file.endswith(".nt"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_chance_is_the_same_on_every_machine() -> None:
    dice, some = Dice(1, 2), Zipf(1000)
    assert [some.rank(dice) for _ in range(8)] == RANKS


RANKS = [0, 56, 23, 14, 14, 0, 4, 82]


def test_more_programmes_leave_the_planted_cases_as_they_are(folder: Path, tmp_path: Path) -> None:
    make_world(tmp_path / "larger", 900, seed=7)
    cases = [[row["case"] for row in read_truth(each, "pairs")] for each in (folder, tmp_path / "larger")]
    assert cases[0] == cases[1][: len(cases[0])]


def test_every_case_and_every_status_is_planted(folder: Path) -> None:
    assert {row["case"] for row in read_truth(folder, "pairs")} == CASES.keys()
    for column in ("status", "status_on"):
        assert {row[column].removeprefix("gap-status/") for row in read_truth(folder, "gaps")} == STATUSES
    assert {row["on"] for row in read_truth(folder, "corridors")} == {None, "2024-06-30"}
    assert {row["double"] for row in read_truth(folder, "doubles")} == {True, False}


def test_the_world_is_uneven_and_leaves_much_unknown(loaded: World) -> None:
    places = Counter(row["place"] for row in loaded.rows("select unnest(places) as place from programme"))
    assert places.most_common(1)[0][1] > 10 * sorted(places.values())[len(places) // 2]
    unknown = loaded.rows(
        """
        select
            avg((len(targets) = 0)::int) as target, avg((len(places) = 0)::int) as place,
            avg((from_date is null)::int) as period, avg((len(responses) > 1)::int) as several,
            count(*) filter (parent is not null) as parts, count(*) filter (attested) as attested
        from programme
        """
    )[0]
    assert 0.1 < unknown["target"] < 0.5
    assert all(unknown[column] > 0.01 for column in ("place", "period", "several"))
    assert unknown["parts"] > 9
    assert unknown["attested"] > 9


def test_its_size_is_the_one_that_was_asked_for(loaded: World, folder: Path) -> None:
    assert loaded.rows("select count(distinct id) as count from programme") == [{"count": 700}]
    assert len({row["a"] for row in read_truth(folder, "doubles") if row["double"]}) >= 9


def test_answers_are_the_planted_truth(loaded: World, folder: Path) -> None:
    inexact = [str(score) for score in truth.check(loaded, folder) if not score.exact]
    assert not inexact, "\n".join(inexact)


def test_answers_are_what_comparing_everything_by_hand_gives(loaded: World, folder: Path) -> None:
    """The background too: every pair, gap and route of the whole world."""
    oracle = Oracle(folder)
    rows = truth.rows_of(loaded, "overlaps")
    exact("overlaps", oracle.pairs(), {(row["programme"], row["other"]): row["verdict"] for row in rows})
    for on in (None, date(2024, 6, 30)):
        given = {"on": on.isoformat()} if on else {}
        rows = truth.rows_of(loaded, "gaps", **given)
        key = ("place", "domain", "place_role", "response")
        exact("gaps", oracle.gaps(on), {tuple(row[k] for k in key): row["status"] for row in rows})
        rows = truth.rows_of(loaded, "corridor-gaps", **given)
        told = {
            (row["flow"], row["domain"], row["response"], *row["route"]): (
                row["covered"],
                row["missing"],
                row["unsourced"],
            )
            for row in rows
        }
        exact("corridors", oracle.corridors(on), told)


def exact(name: str, expected: Any, found: Any) -> None:
    score = truth.score(name, expected, found)
    assert expected
    assert score.exact, str(score)


def test_the_oracle_agrees_with_what_was_planted(folder: Path) -> None:
    oracle = Oracle(folder)
    pairs, gaps = oracle.pairs(), oracle.gaps()
    for row in read_truth(folder, "pairs"):
        assert pairs.get((row["a"], row["b"])) == row["verdict"], row["case"]
    for row in read_truth(folder, "gaps"):
        assert gaps[row["place"], row["domain"], row["place_role"], row["response"]] == row["status"]


def wrong_verdict(rows: list[dict[str, Any]]) -> None:
    rows[0]["verdict"] = (
        "verdict/undetermined" if rows[0]["verdict"] != "verdict/undetermined" else "verdict/coordinated"
    )


def lost(rows: list[dict[str, Any]]) -> None:
    rows.pop()


def invented(rows: list[dict[str, Any]]) -> None:
    rows.append(rows[0] | {"programme": "programme/nobody"})


@pytest.mark.parametrize("spoil", [wrong_verdict, lost, invented])
def test_a_wrong_answer_is_seen(
    spoil: Callable[[list[dict[str, Any]]], None], loaded: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(truth.rows_of(loaded, "overlaps", place=REGION))
    assert truth.check_overlaps(loaded, folder).exact
    spoil(rows)
    monkeypatch.setattr(truth, "rows_of", lambda *_, **__: rows)
    score = truth.check_overlaps(loaded, folder)
    assert (score.precision < 1) == (spoil is not lost)
    assert (score.recall < 1) == (spoil is not invented)


def test_double_reports_are_scored_in_either_order(folder: Path) -> None:
    planted = list(read_truth(folder, "doubles"))
    same = [(row["b"], row["a"]) for row in planted if row["double"]]
    other = [(row["a"], row["b"]) for row in planted if not row["double"]]
    assert truth.check_doubles(same, folder).exact
    score = truth.check_doubles([*same[:-1], *other], folder)
    assert score.recall == pytest.approx(1 - 1 / len(same))
    assert score.precision == pytest.approx((len(same) - 1) / (len(same) - 1 + len(other)))


def test_double_reports_share_what_the_donor_and_the_implementer_both_know(loaded: World, folder: Path) -> None:
    titles = {row["id"]: row["label"] for row in loaded.rows("select id, label from thing where kind = 'programme'")}
    by = {row["id"]: row["dataset"] for row in loaded.rows("select id, dataset from programme")}
    for row in read_truth(folder, "doubles"):
        assert (by[row["a"]], by[row["b"]]) == ("world-a", "world-b")
        assert titles[row["a"]] != titles[row["b"]]


def test_made_up_names_are_all_different() -> None:
    assert len({name(number) for number in range(1 << 15)}) == 1 << 15


def test_the_command_refuses_a_folder_that_exists(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--out", str(folder)])
    assert "exists already" in capsys.readouterr().err


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--programmes", "10", "--seed", "3", "--out", str(tmp_path / "w")])
    assert '"seed": 3' in capsys.readouterr().out
    assert sorted(file.name for file in (tmp_path / "w").iterdir()) == ["truth", *sorted(DATASETS)]
