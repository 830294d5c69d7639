"""One step of getting ready, in a process of its own: `python -m tests.benchmarks.step NAME SOURCE TARGET`.

It prints a line of JSON: how long it took, the peak of its memory, and what else there is to say.

load    the world SOURCE with what is shipped into the home TARGET, then its SPARQL store
truth   the answers of the home TARGET held against what was planted in the world SOURCE
others  as tests/benchmarks/peers/facts.py names them
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

import graph
from graph.library import Library
from tests.benchmarks import truth
from tests.benchmarks.machine import peak
from tests.benchmarks.peers.facts import FILLS
from tests.benchmarks.world import DATASETS

SHIPPED = ("reference", "paper-2003")


def load(world: Path, home: Path) -> dict[str, Any]:
    """Load everything that a server of this world has; says how long the world itself took.

    Looking for efforts that are told of twice is a part of every load; here it comes after them, to be timed alone.
    """
    shipped = Path(graph.__file__).parent.parent / "data"
    with Library(home, linking=False) as library:
        library.ensure([shipped / name for name in SHIPPED])
        took: dict[str, float] = {}
        for name in DATASETS:
            started = time.perf_counter()
            library.load(world / name)
            took[name] = time.perf_counter() - started
    with Library(home) as library:
        started = time.perf_counter()
        library.world(library.names())
        linking = time.perf_counter() - started
        loaded = peak()
        started = time.perf_counter()
        library.store()
        return {
            "datasets": took,
            "claims": {name: library.datasets()[name].claims for name in DATASETS},
            "linking": linking,
            "store": time.perf_counter() - started,
            "loading_peak": loaded,
        }


def check(world: Path, home: Path) -> dict[str, Any]:
    """Every check of tests/benchmarks/truth.py, each as it prints itself; records count for themselves, as planted.

    What was found to be told of twice is that of the load, in the files of links.
    """
    one, other = DATASETS[-2:]
    links = [str(file) for file in (home / "links").glob(f"{one}-*--{other}-*.parquet")]
    with duckdb.connect() as connection:
        twice = connection.execute("select a, b from read_parquet($links)", {"links": links}).fetchall()
    with Library(home, linking=False) as library:
        told = [str(score) for score in truth.check(truth.load(library, world), world)]
    return {"told": [*told, str(truth.check_doubles(twice, world))]}


OWN = {"load": load, "truth": check}


def main(name: str, source: str, target: str) -> None:
    """Do one step."""
    started = time.perf_counter()
    done: Any = {**FILLS, **OWN}[name](Path(source), Path(target))
    said = done if isinstance(done, dict) else {"count": done}
    print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak(), **said}))


if __name__ == "__main__":
    main(*sys.argv[1:])
