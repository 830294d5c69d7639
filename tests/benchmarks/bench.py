"""Concert's questions beside its peers: `python -m tests.benchmarks.bench --size N [--work FOLDER] [--only QUESTION…]`.

One run makes a world, loads it into Concert and into each peer, asks every question of all of them in turn, asks
smaller worlds to see the growth, reads from a real server, and holds the answers against the planted truth. What is
done is kept in the work folder, so that a run that was stopped goes on. The table goes to standard output, and with
--write into a Markdown file. It ends with 1 where a peer counts other rows than Concert, or an answer is not the truth.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks import serving
from tests.benchmarks.asking import Child, Timed, children, measure
from tests.benchmarks.cases import Case, cases
from tests.benchmarks.machine import ROOT, described
from tests.benchmarks.table import BEGIN, END, disagreements, render

CONCERT: dict[str, dict[str, float]] = {"concert": {}}
PEERS: dict[str, dict[str, float]] = {
    "duckdb": {},
    "pyoxigraph": {"memory": 8 << 30},
    "ladybug": {"purse": 1200},
    "rdflib": {"memory": 8 << 30, "opening": 300, "purse": 300},
}
READ = ("who-works-where", "presence-matrix", "gaps", "fragmentation")
"""What the readers of the server ask, in turn: those of these questions that name a place."""
LINKED = (0.95, 0.90)
"""The least precision and recall of what is found to be told of twice; everything else is a definition, and exact."""
MANY = 100
"""Planted double reports from which on their shares are held to that; of fewer, chance decides."""
BYTES = 26_000
"""Disk that a programme takes in all that a run keeps."""


class Run:
    """One world with all that is made of it and measured on it, in a folder."""

    def __init__(self, work: Path, size: int, seed: int) -> None:
        self.size, self.seed = size, seed
        self.folder = work.resolve() / f"{size}-{seed}"
        self.results = self.folder / "results"
        self.results.mkdir(parents=True, exist_ok=True)
        self.world, self.home = self.folder / "world", self.folder / "home"

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What was measured before under that name, else what `make` measures now."""
        file = self.results / f"{name}.json"
        if not file.exists():
            say(f"{self.size:,}: {name}")
            self.keep(name, make())
        return json.loads(file.read_text(encoding="utf-8"))

    def keep(self, name: str, found: Any) -> None:
        """Keep a measurement, whole or not at all."""
        draft = self.results / f".{name}.json"
        draft.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        draft.replace(self.results / f"{name}.json")

    def prepare(self) -> Any:
        """Generate and load the world; what loading took."""
        if not self.world.exists():
            say(f"{self.size:,}: generating")
            draft = self.folder / "world.part"
            shutil.rmtree(draft, ignore_errors=True)
            count = ["--programmes", str(self.size), "--seed", str(self.seed)]
            _module("world", [*count, "--out", str(draft)])
            draft.replace(self.world)
        if not self.home.exists():
            (self.results / "load.json").unlink(missing_ok=True)
        return self.kept("load", lambda: self._made("load", self.world, self.home))

    def fill(self) -> dict[str, Any]:
        """Fill every peer; what that took."""
        folder, found = self.folder, {}
        claims, facts, parquet = folder / "claims.nt", folder / "facts.duckdb", folder / "parquet"
        for name, source, target in (
            ("claims", self.home, claims),
            ("oxigraph", claims, folder / "oxigraph"),
            ("duckdb", claims, facts),
            ("parquet", facts, parquet),
            ("ladybug", parquet, folder / "ladybug"),
        ):
            found[name] = self.kept(f"fill-{name}", partial(self._made, name, source, target))
        return found

    def _made(self, name: str, source: Path, target: Path) -> Any:
        """What a step in a process of its own says; its target is there whole or not at all."""
        draft = target.with_name(f"{target.name}.part")
        for old in (draft, target):
            shutil.rmtree(old, ignore_errors=True)
            old.unlink(missing_ok=True)
        found = json.loads(_module("step", [name, str(source), str(draft)]))
        draft.replace(target)
        return found

    def ask(self, asked: Sequence[Case], systems: dict[str, dict[str, Any]], bound: float, name: str) -> Any:
        """Every case of every system; what was asked before is kept."""
        file = self.results / f"{name}.json"
        found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        left = [case for case in asked if case.name not in found]
        with children(self.folder, systems) as opened:
            for at, case in enumerate(left, 1):
                timed = measure(case, opened, bound)
                say(f"{self.size:,}: {at} of {len(left)} {case.name}: {_told(timed)}")
                found[case.name] = {system: asdict(each) | {"seconds": each.seconds} for system, each in timed.items()}
                self.keep(name, found)
        return {case.name: found[case.name] for case in asked}

    def serve(self, asked: Sequence[Case], seconds: float) -> Any:
        """The server under one and fifty readers, and the same cases asked without it."""
        read = [case for case in asked if case.question in READ and case.given.keys() == {"place"}]
        found: dict[str, Any] = dict(serving.measure(self.home, asked, read, seconds))
        child = Child("concert", self.folder)
        try:
            for readers in (1, 50):
                request = {"crowd": readers, "seconds": seconds, "cases": [[c.question, c.given] for c in read]}
                child.ask(request | {"seconds": 0.5}, 600)
                found[f"bare {readers}"] = serving.spread(child.ask(request, 600))
        finally:
            child.end()
        return found | {"read": [case.name for case in read]}

    def check(self) -> list[str]:
        """What the check against the planted truth says, line by line."""
        told = json.loads(_module("step", ["truth", str(self.world), str(self.home)]))["told"]
        return [line for each in told for line in each.splitlines()]


def _module(name: str, arguments: Sequence[str]) -> str:
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def _told(timed: dict[str, Timed]) -> str:
    return ", ".join(
        f"{name} {each.seconds * 1000:,.0f} ms"
        if each.seconds is not None and each.error is None
        else f"{name} over {each.over:.0f} s"
        if each.over
        else f"{name} {each.error}"
        for name, each in timed.items()
    )


def say(step: str) -> None:
    """A line of progress, on standard error."""
    print(f"{datetime.now(UTC):%H:%M:%S} {step}", file=sys.stderr, flush=True)


def bench(asked: argparse.Namespace) -> dict[str, Any]:
    """Everything; returns the report that the table is made of."""
    started = time.monotonic()
    run = Run(asked.work, asked.size, asked.seed)
    sizes = [asked.size >> halving for halving in range(asked.halvings, 0, -1)]
    chosen = [case for case in cases((sizes or [asked.size])[0]) if not asked.only or case.question in asked.only]
    names = {"concert", *asked.peers}
    systems = {name: bounds for name, bounds in (CONCERT | PEERS).items() if name in names}
    report: dict[str, Any] = {"size": asked.size, "seed": asked.seed, "bound": asked.bound, "machine": described()}
    report |= {"date": f"{datetime.now(UTC):%Y-%m-%d}", "load": run.prepare(), "fill": run.fill()}
    report["asked"] = run.ask(chosen, systems, asked.bound, "asked")
    report["growth"] = {}
    for size in sizes:
        report["growth"][str(size)] = _grown(Run(asked.work, size, asked.seed), chosen, asked)
    try:
        report["http"] = run.kept("http", lambda: run.serve(chosen, asked.reading))
    except (RuntimeError, OSError, KeyError, subprocess.CalledProcessError, httpx.HTTPError) as error:
        report["http"] = {"error": f"{type(error).__name__}: {error}"[:300]}
    try:
        report["truth"] = run.kept("truth", run.check)
    except subprocess.CalledProcessError as error:
        report["truth"] = [f"failed: the check ended with {error.returncode}"]
    return report | {"minutes": (time.monotonic() - started) / 60}


def _grown(run: Run, chosen: Sequence[Case], asked: argparse.Namespace) -> Any:
    """The cases asked of a smaller world, which goes afterwards."""
    file = run.results / "growth.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if any(case.name not in known for case in chosen):
        run.prepare()
    found = run.ask(chosen, CONCERT, asked.bound, "growth")
    if not asked.keep:
        for made in (run.world, run.home):
            shutil.rmtree(made, ignore_errors=True)
    return found


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.bench", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--size", type=int, default=100_000, help="programmes in the world (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another world (default %(default)s)")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="keeps all (default %(default)s)")
    parser.add_argument("--only", nargs="+", default=[], metavar="QUESTION", help="only these questions")
    parser.add_argument("--peers", nargs="*", default=[*PEERS], choices=[*PEERS], help="only these peers")
    parser.add_argument("--bound", type=float, default=20, help="seconds that a peer has for an answer (%(default)s)")
    parser.add_argument("--halvings", type=int, default=3, help="smaller worlds for the growth (default %(default)s)")
    parser.add_argument("--reading", type=float, default=10, help="seconds of reading over HTTP (default %(default)s)")
    parser.add_argument("--again", action="store_true", help="measure again in worlds that are there already")
    parser.add_argument("--keep", action="store_true", help="leave the smaller worlds where they are")
    parser.add_argument("--allow-void", action="store_true", help="end with 0 even where a peer counts other rows")
    parser.add_argument("--write", type=Path, help="put the table between the two marks of this Markdown file")
    asked = parser.parse_args(arguments)
    asked.work.mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(asked.work).free, asked.size * BYTES
    if free < needed and not (asked.work / f"{asked.size}-{asked.seed}" / "ladybug").exists():
        parser.error(f"--work: {asked.work} has {free / 2**30:.0f} GB free; {needed / 2**30:.0f} GB are needed")
    if asked.again:
        for results in asked.work.glob(f"*-{asked.seed}/results"):
            for name in ("asked", "growth", "http", "truth"):
                (results / f"{name}.json").unlink(missing_ok=True)
    return asked


def write(table: str, file: Path) -> None:
    """Put the table between the marks of the file. Raises ValueError where it has none."""
    text = file.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file} has no lines {BEGIN} and {END}")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")
    draft.replace(file)


def wrong(report: dict[str, Any]) -> Iterator[str]:
    """What is not as it has to be: other rows than Concert's, an answer that fails, an answer that is not the truth."""
    yield from disagreements(report)
    for name, found in report["asked"].items():
        if found["concert"]["error"]:
            yield f"{name}: concert: {found['concert']['error']}"
    if "error" in report["http"]:
        yield f"serving: {report['http']['error']}"
    for readers in (1, 50):
        if failed := report["http"].get(f"readers {readers}", {}).get("failed"):
            yield f"serving: {failed} requests of {readers} readers at once failed"
    for line in report["truth"]:
        told = re.fullmatch(r"(.*): precision (.*), recall (.*), (\d+) expected", line)
        if line.startswith("failed"):
            yield line
        elif told:
            least = LINKED if told[1] == "double reports" else (1.0, 1.0)
            few = told[1] == "double reports" and int(told[4]) < MANY
            if not few and (float(told[2]) < least[0] or float(told[3]) < least[1]):
                yield line


def main(arguments: list[str] | None = None) -> int:
    """Run as the command line asks; 0 where every answer agrees."""
    asked = _arguments(arguments)
    report = bench(asked)
    table = render(report)
    print(table)
    if asked.write:
        write(table, asked.write)
    found = list(wrong(report))
    for each in found:
        say(each)
    return 0 if asked.allow_void or not found else 1


if __name__ == "__main__":
    sys.exit(main())
