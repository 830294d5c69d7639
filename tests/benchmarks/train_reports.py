"""Weights for double reporting, learned from generated worlds: `python -m tests.benchmarks.train_reports`.

Makes a world for each seed, lets Splink count how often each level of each term holds among the planted double reports
(m) and among pairs drawn blindly (u), and writes the means into graph/identity/reports.yml. Nothing else of that file
changes. The same seeds give the same file.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import yaml
import zstandard
from splink import DuckDBAPI, Linker

from graph.identity.reports import HERE, comparing, method, settings
from graph.tables.build import build
from tests.benchmarks.world import DATASETS, make_world, read_truth

FILE = HERE / "reports.yml"
WORLDS = {1: 5_000, 2: 15_000, 3: 15_000}
"""Seeds with the number of programmes: of several sizes, for how rare a word can be depends on it."""
PAIRS = 3e6
LEAST = {"m": 0.005, "u": 1e-6}
"""What is taken where a level was never seen: that it was not is no proof that it can't be."""

Learned = dict[str, list[tuple[float, float]]]


def tables(world: Path) -> dict[str, Path]:
    """The datasets of a generated world as tables files beside its claims, by name."""
    made = {name: world / name / "tables.duckdb" for name in DATASETS}
    for name, file in made.items():
        project(world / name / "claims.nt", file)
    return made


def project(claims: Path, target: Path) -> None:
    """Make the tables of claims in N-Triples, without validating them."""
    snapshot = target.with_suffix(".nq.zst")
    with (
        claims.open(encoding="utf-8") as lines,
        snapshot.open("wb") as raw,
        zstandard.ZstdCompressor().stream_writer(raw) as out,
    ):
        for line in lines:
            out.write(f"{line.rstrip()[:-1]}<https://w3id.org/concert/id/dataset/made/1> .\n".encode())
    build(snapshot, target)
    snapshot.unlink()


def learn(world: Path) -> Learned:
    """(m, u) of every level of every term in one world, in the order of `reports.yml`."""
    files = tables(world)
    blank = {term: [replace(level, m=None, u=None) for level in levels] for term, levels in method().terms.items()}
    with comparing(files["world-a"], files["world-b"], [files["world-reference"]], world, threads=1) as connection:
        doubles = [(row["a"], row["b"]) for row in read_truth(world, "doubles") if row["double"]]
        connection.execute("create table double (a varchar, b varchar)")
        connection.executemany("insert into double values (?, ?)", doubles)
        connection.execute(
            "create table label as select one.unique_id as unique_id_l, two.unique_id as unique_id_r "
            "from double join record as one on one.id = a join record as two on two.id = b order by all"
        )
        linker = Linker(DuckDBAPI(connection).register("record"), settings(blank, 1e-4), log_level=None)
        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=1, min_count_per_level=None)
        linker.training.estimate_m_from_pairwise_labels("label")  # type: ignore[no-untyped-call]
        saved = linker.misc.save_model_to_json()
    return {each["output_column_name"]: list(_levels(each)) for each in saved["comparisons"]}


def _levels(comparison: dict[str, Any]) -> Iterator[tuple[float, float]]:
    for level in comparison["comparison_levels"][1:]:
        yield tuple(_number(level.get(f"{key}_probability"), least) for key, least in LEAST.items())  # type: ignore[misc]


def _number(value: object, least: float) -> float:
    return max(least, value) if isinstance(value, float) else least


def mean(learned: Sequence[Learned]) -> Learned:
    """The mean over worlds."""
    return {
        term: [(fmean(m for m, _ in level), fmean(u for _, u in level)) for level in zip(*each, strict=True)]
        for term in method().terms
        for each in [[one[term] for one in learned]]
    }


def write(learned: Learned, file: Path = FILE) -> None:
    """Put the numbers where they stand in the file; every other line stays as it is."""
    numbers = iter(number for term in method().terms for level in learned[term] for number in level)
    lines = [
        f"{line.partition(':')[0]}: {_positional(next(numbers))}" if line.strip().startswith(("m:", "u:")) else line
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    yaml.safe_load(file.read_text(encoding="utf-8"))


def _positional(number: float) -> str:
    """Three digits without an exponent, for YAML takes 1e-06 for a text."""
    return np.format_float_positional(float(f"{number:.3g}"), trim="0")


def main(arguments: list[str] | None = None) -> None:
    """Learn as the command line asks."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.train_reports", description=(__doc__ or "").split("\n")[0]
    )
    parser.parse_args(arguments)
    learned = []
    with tempfile.TemporaryDirectory() as scratch:
        for seed, programmes in WORLDS.items():
            make_world(Path(scratch) / str(seed), programmes, seed)
            learned.append(learn(Path(scratch) / str(seed)))
    write(mean(learned))


if __name__ == "__main__":
    main()
