"""Answers held against the truth that was planted: `python -m tests.benchmarks.truth FOLDER [--home HOME]`.

Every check asks a question of a loaded world and gives a Score: what was expected, what came, and so precision and
recall. The lists beside a world, a JSON object a line:

pairs      case, a, b, verdict: every pair of efforts in the planted districts; verdict is null where they don't overlap
gaps       place, domain, place_role, response, status (asked without a day), status_on (asked for the day ON)
corridors  flow, domain, response, route, covered, missing, unsourced, on: rows that the corridor gaps must have, with
           on null or the day ON; there are no others for these flows
doubles    a, b, double, named, changed: two records of one effort, or (double false) two efforts that only look alike;
           named where they speak of each other by identifiers
counts     place, domain, programmes, proposed, actors, efforts: records at work, records proposed, actors in any role
           and efforts, each counted once however many records it has; refused and cancelled ones are left out

Ids are short. Nothing but the planted is recorded in the regions PAIRS and GAPS.
"""

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.library import Library
from graph.questions.answer import ask
from graph.tables.world import World
from tests.benchmarks.gaps import ON
from tests.benchmarks.gaps import REGION as GAPS
from tests.benchmarks.pairs import COMPLEMENTARY
from tests.benchmarks.pairs import REGION as PAIRS
from tests.benchmarks.world import DATASETS, read_truth

PAGE = 10_000


@dataclass(frozen=True)
class Score:
    """How an answer stands to the truth: keys with their values; one that has another value is missing and extra."""

    name: str
    expected: int
    found: int
    missing: list[Any] = field(default_factory=list)
    extra: list[Any] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is true."""
        return 1 - len(self.extra) / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return 1 - len(self.missing) / self.expected if self.expected else 1.0

    @property
    def exact(self) -> bool:
        """Whether the answer is the truth."""
        return not self.missing and not self.extra

    def __str__(self) -> str:
        told = f"{self.name}: precision {self.precision:.4f}, recall {self.recall:.4f}, {self.expected} expected"
        shown = [f"  missing {each}" for each in self.missing[:3]] + [f"  extra {each}" for each in self.extra[:3]]
        return "\n".join([told, *shown])


def score(name: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> Score:
    """Compare two mappings; a row is right when key and value are."""
    wanted, came = set(map(_frozen, expected.items())), set(map(_frozen, found.items()))
    return Score(name, len(wanted), len(came), sorted(wanted - came, key=repr), sorted(came - wanted, key=repr))


def check_overlaps(world: World, folder: Path) -> Score:
    """Every planted overlap with its verdict, and no other pair in the planted districts."""
    expected = {(row["a"], row["b"]): row["verdict"] for row in read_truth(folder, "pairs") if row["verdict"]}
    rows = rows_of(world, "overlaps", place=PAIRS)
    return score("overlaps", expected, {(row["programme"], row["other"]): row["verdict"] for row in rows})


def check_duplication(world: World, folder: Path) -> list[Score]:
    """Planted pairs as the question on possible duplication tells them: a score a verdict."""
    expected = {(row["a"], row["b"]): row["verdict"] for row in read_truth(folder, "pairs") if row["verdict"]}
    rows = rows_of(world, "possible-duplication", place=PAIRS)
    found = {(row["programme"], row["other"]): row["verdict"] for row in rows}
    return [
        score(verdict, *({k: v for k, v in pairs.items() if v == verdict} for pairs in (expected, found)))
        for verdict in sorted({*expected.values(), *found.values()} - {COMPLEMENTARY})
    ]


def check_gaps(world: World, folder: Path, on: bool = False) -> Score:
    """The status of every planted gap; with `on`, on the day ON."""
    key = ("place", "domain", "place_role", "response")
    column = "status_on" if on else "status"
    expected = {tuple(row[k] for k in key): row[column] for row in read_truth(folder, "gaps")}
    rows = rows_of(world, "gaps", place=GAPS, **({"on": ON} if on else {}))
    name = f"gaps on {ON}" if on else "gaps"
    return score(name, expected, {tuple(row[k] for k in key): row["status"] for row in rows})


def check_corridors(world: World, folder: Path, on: bool = False) -> Score:
    """Every planted corridor gap with its places, and no other one of these flows."""
    key, told = ("flow", "domain", "response", "route"), ("covered", "missing", "unsourced")
    day = ON if on else None
    rows = rows_of(world, "corridor-gaps", place=GAPS, **({"on": ON} if on else {}))
    expected = [row for row in read_truth(folder, "corridors") if row["on"] == day]
    return score(
        f"corridor gaps on {ON}" if on else "corridor gaps",
        *({_frozen([row[k] for k in key]): [row[k] for k in told] for row in each} for each in (expected, rows)),
    )


def check_counts(world: World, folder: Path, counted: str = "programmes") -> Score:
    """The presence matrix by place and domain; `counted` is efforts once records of one effort count once."""
    columns = (counted, "proposed", "actors")
    expected = {(row["place"], row["domain"]): [row[c] for c in columns] for row in read_truth(folder, "counts")}
    rows = rows_of(world, "presence-matrix", rows="place", columns="domain")
    told = ("programmes", "proposed", "actors")
    return score("counts", expected, {(row["down"], row["across"]): [row[c] for c in told] for row in rows})


def check_doubles(found: Iterable[tuple[str, str]], folder: Path) -> Score:
    """Pairs that were taken for two records of one effort, in either order, against those that are."""
    expected = {tuple(sorted((row["a"], row["b"]))): True for row in read_truth(folder, "doubles") if row["double"]}
    return score("double reports", expected, {tuple(sorted(pair)): True for pair in found})


def doubles_by_change(found: Iterable[tuple[str, str]], folder: Path) -> dict[tuple[bool, str], Score]:
    """The same for the planted pairs of each change, of double reports (True) and of those that only look so (False).

    For the latter every pair that was found is extra.
    """
    came = {tuple(sorted(pair)) for pair in found}
    planted: dict[tuple[bool, str], set[tuple[str, ...]]] = {}
    for row in read_truth(folder, "doubles"):
        for change in row["changed"] or ["nothing"]:
            planted.setdefault((row["double"], change), set()).add(tuple(sorted((row["a"], row["b"]))))
    return {
        (double, change): score(change, dict.fromkeys(pairs if double else (), True), dict.fromkeys(pairs & came, True))
        for (double, change), pairs in sorted(planted.items())
    }


def check(world: World, folder: Path) -> Iterator[Score]:
    """Everything that the definitions make exact."""
    yield check_overlaps(world, folder)
    yield from check_duplication(world, folder)
    for on in (False, True):
        yield check_gaps(world, folder, on)
        yield check_corridors(world, folder, on)
    yield check_counts(world, folder)


def rows_of(world: World, question: str, **given: str) -> Iterator[dict[str, Any]]:
    """Every row of an answer, page by page, with ids in place of things."""
    cursor: str | None = ""
    while cursor is not None:
        answer = ask(world, question, {name: [value] for name, value in given.items()}, PAGE, cursor)
        yield from ({name: _id(value) for name, value in row.items() if name != "sources"} for row in answer.rows)
        cursor = answer.next


def load(library: Library, folder: Path) -> World:
    """Load the datasets of the world in `folder` that the library doesn't have yet."""
    for name in DATASETS:
        if name not in library.datasets():
            library.load(folder / name)
    return library.world(frozenset(DATASETS))


def _id(value: Any) -> Any:
    if isinstance(value, list):
        return [_id(each) for each in value]
    return value["id"] if isinstance(value, dict) else value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def main(arguments: list[str] | None = None) -> None:
    """Check a world and say how exact the answers are."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.truth", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folder", type=Path, help="what tests.benchmarks.world wrote")
    parser.add_argument("--home", type=Path, help="where to load it, and leave it; without one it goes afterwards")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch, Library(asked.home or Path(scratch)) as library:
        for found in check(load(library, asked.folder), asked.folder):
            print(found)


if __name__ == "__main__":
    main()
