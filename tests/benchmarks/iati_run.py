"""What loading one file of IATI activities takes: time, memory, and the reader's speed beside a bare parse.

`python -m tests.benchmarks.iati_run STEP FILE HOME SCOPE` does one step in a process of its own and prints a line
of JSON. parse: lxml's iterparse over the file, each activity emptied, nothing looked at. read: the same file to
claims, which go nowhere. load: the command `concert load`, with all that it does besides reading.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

import graph
from graph.datasets.description import File
from graph.library import Library
from graph.readers import Frame, Log
from graph.readers.iati.activities import read_blocks
from tests.benchmarks.iati_words import COUNTRIES
from tests.benchmarks.machine import ROOT, peak
from tests.benchmarks.step import SHIPPED

DATASET = "aid"


def measure(file: Path, home: Path, scope: str) -> dict[str, Any]:
    """Every step, the parse before and after the reader; the ratio is one of CPU time, as others use the machine."""
    parse, read, again = (_apart(step, file, home, scope) for step in ("parse", "read", "parse"))
    load = _apart("load", file, home, scope)
    bare = (parse["cpu_seconds"] + again["cpu_seconds"]) / 2
    return {"scope": scope, "parse": [parse, again], "read": read, "load": load, "ratio": bare / read["cpu_seconds"]}


def _apart(step: str, file: Path, home: Path, scope: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.iati_run", step, str(file), str(home), scope]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def parse(file: Path, home: Path, scope: str) -> dict[str, Any]:
    """The activities of the file parsed and let go."""
    count = 0
    with file.open("rb") as source:
        for _, element in etree.iterparse(source, tag="iati-activity"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            count += 1
    return {"activities": count}


def read(file: Path, home: Path, scope: str) -> dict[str, Any]:
    """The file to claims, by names as the reference data has them, without a dataset to go to."""
    known = {("place", code.lower()): f"https://w3id.org/concert/id/place/{code.lower()}" for code in COUNTRIES}
    log = Log()
    frame = Frame("aid.", "en", "https://w3id.org/concert/id/source/aid", known, options={"scope": scope})
    claims = sum(block.count(b"\n") for block in read_blocks(file, frame, log))
    return {"claims": claims, "taken": log.taken.get("iati-activity", 0), "rejected": log.rejected_rows()}


def load(file: Path, home: Path, scope: str) -> dict[str, Any]:
    """The file into a home that has what is shipped."""
    shipped = Path(graph.__file__).parent.parent / "data"
    with Library(home) as library:
        library.ensure([shipped / name for name in SHIPPED])
        steps = Steps()
        entry = File(file=file.name, options={"scope": scope})
        loaded = library.load_file(file, entry, DATASET, progress=steps)
        steps("done")
        return {
            "claims": loaded.manifest.claims,
            "taken": loaded.manifest.taken,
            "rejected": loaded.manifest.rejected,
            "steps": steps.took,
        }


class Steps:
    """Seconds of each step of a load; what it is told goes to the standard error, for who waits."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._name, self._since, self._told = "", time.perf_counter(), 0

    def __call__(self, step: str) -> None:
        now = time.perf_counter()
        if self._name:
            self.took[self._name] = round(self.took.get(self._name, 0) + now - self._since, 1)
        self._name, self._since, self._told = step, now, 0
        print(f"{step}", file=sys.stderr, flush=True)

    def advance(self, share: float) -> None:
        """Tell every tenth."""
        if int(share * 10) > self._told:
            self._told = int(share * 10)
            waited = time.perf_counter() - self._since
            print(f"  {self._name} {share:.0%} after {waited:.0f} s, {peak() >> 20} MB", file=sys.stderr, flush=True)


STEPS: dict[str, Callable[[Path, Path, str], dict[str, Any]]] = {"parse": parse, "read": read, "load": load}


def main(step: str, file: str, home: str, scope: str) -> None:
    """Do one step."""
    started, cpu = time.perf_counter(), time.process_time()
    done = STEPS[step](Path(file), Path(home), scope)
    took = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({**{name: round(value, 2) for name, value in took.items()}, "peak_mb": peak() >> 20, **done}))


if __name__ == "__main__":
    main(*sys.argv[1:])
