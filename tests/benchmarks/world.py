"""A world of any size with planted truth: `python -m tests.benchmarks.world --programmes 100000 --seed 1 --out FOLDER`.

FOLDER gets three datasets to load in this order, and beside them what is true of them, which nobody ever loads:

world-reference  places, actors and ties
world-a          programmes, flows and figures of one publisher
world-b          programmes of another one, some of them the same efforts in other words
truth/           summary.json, and a row a line: pairs, gaps, corridors, doubles, counts (see tests/benchmarks/truth.py)

The same number and seed give the same bytes on every machine.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import yaml

from tests.benchmarks.background import Background, write_traffic
from tests.benchmarks.dice import Dice
from tests.benchmarks.doubles import plant_doubles
from tests.benchmarks.efforts import Ledger
from tests.benchmarks.gaps import plant_gaps
from tests.benchmarks.ntriples import Claims
from tests.benchmarks.pairs import plant_pairs
from tests.benchmarks.population import Population

DATASETS = ("world-reference", "world-a", "world-b")
TRUTH = "truth"
LISTS = ("pairs", "gaps", "corridors", "doubles", "counts")
Row = dict[str, Any]


class Lists:
    """The truth, a file of JSON lines a list, with how many rows went into each."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        folder.mkdir()
        self._files: dict[str, IO[str]] = {
            name: stack.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
            for name in LISTS
        }
        self.rows: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()

    def write(self, name: str, rows: Iterable[Row]) -> None:
        """Add rows to one list."""
        for row in rows:
            self._files[name].write(json.dumps(row, ensure_ascii=False) + "\n")
            self.rows[name] += 1
            if name == "pairs":
                self.verdicts[row["verdict"] or "none"] += 1
            if name == "gaps":
                self.statuses[row["status"]] += 1


def make_world(folder: Path, programmes: int, seed: int) -> Row:
    """Write a world of at least `programmes` records of programmes into the new `folder`; returns its summary.

    Memory holds the places, the actors and eight bytes for each count, never the programmes themselves. What is
    planted is at least one of each kind, so that a very small world has more programmes than were asked for.
    """
    folder.mkdir(parents=True)
    for name in DATASETS:
        (folder / name).mkdir()
    with ExitStack() as stack:
        claims = {name: stack.enter_context(Claims(folder / name / "claims.nt")) for name in DATASETS}
        truth = Lists(folder / TRUTH, stack)
        reference, a, b = (claims[name] for name in DATASETS)
        population = Population(reference, programmes, seed)
        ledger = Ledger((a, b), max(4, programmes // 500))
        truth.write("pairs", plant_pairs(population, ledger, programmes // 60, Dice(seed, 3)))
        coverage = []
        for name, row in plant_gaps(population, ledger, a, max(9, programmes // 1200), Dice(seed, 4)):
            coverage += [row] if name == "coverage" else []
            truth.write(name, [row] if name != "coverage" else [])
        truth.write("doubles", plant_doubles(population, ledger, max(9, programmes // 50), Dice(seed, 5)))
        write_traffic(a, population, programmes, Dice(seed, 6))
        background = Background(population, Dice(seed, 7))
        while ledger.programmes < programmes:
            effort = background.effort()
            ledger.add(effort)
            background.remember(effort)
        truth.write("counts", ledger.counts())
    for by, name in enumerate(DATASETS):
        covered = _coverage([row for row in coverage if row["dataset"] == by - 1])
        if name == "world-a":
            half = [place.partition("/")[2] for place in population.places.countries[::2]]
            covered.append({"places": half, "domains": ["persons", "drugs"], "completeness": "partial"})
        _describe(folder / name, covered, list(DATASETS[:by]))
    summary: Row = {
        "seed": seed,
        "programmes": ledger.programmes,
        "participations": ledger.participations,
        "claims": {name: each.count for name, each in claims.items()},
        "truth": {name: truth.rows[name] for name in LISTS},
        "verdicts": dict(sorted(truth.verdicts.items())),
        "statuses": dict(sorted(truth.statuses.items())),
    }
    (folder / TRUTH / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    return summary


def _coverage(rows: list[Row]) -> list[Row]:
    """Entries of dataset.yml: one for all places that are covered alike."""
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        alike[row["domain"], row["completeness"], row["ends"] or ""].append(row["place"].partition("/")[2])
    return [
        {"places": places, "domains": [domain], "completeness": completeness} | ({"ends": ends} if ends else {})
        for (domain, completeness, ends), places in sorted(alike.items())
    ]


def _describe(folder: Path, coverage: list[Row], uses: list[str]) -> None:
    described = {
        "name": folder.name,
        "title": f"A made-up world: {folder.name}",
        "publisher": f"Publisher of {folder.name}",
        "licence": "CC0-1.0",
        "issued": "2024-06-30",
        "prefix": "",
        "uses": uses,
        "coverage": coverage,
    }
    (folder / "dataset.yml").write_text(yaml.safe_dump(described, sort_keys=False), encoding="utf-8")


def read_truth(folder: Path, name: str) -> Iterator[Row]:
    """The rows of one list of the truth about the world in `folder`."""
    with (folder / TRUTH / f"{name}.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def main(arguments: list[str] | None = None) -> None:
    """Write a world as the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.world", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--programmes", type=int, default=10_000, help="records of programmes (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another world (default %(default)s)")
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    asked = parser.parse_args(arguments)
    if asked.out.exists():
        parser.error(f"--out: {asked.out} exists already")
    started = time.perf_counter()
    summary = make_world(asked.out, asked.programmes, asked.seed)
    json.dump(summary | {"seconds": round(time.perf_counter() - started, 1)}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
