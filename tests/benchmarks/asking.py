"""The same cases asked of every system in turn, each in a process of its own, with bounds on time and memory."""

import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.cases import Case
from tests.benchmarks.machine import ROOT
from tests.benchmarks.peers.queries import answers

LANGUAGES = {"duckdb": "sql", "pyoxigraph": "rq", "ladybug": "cypher", "rdflib": "rq"}
ROUNDS = ((2.0, 5), (10.0, 2))
"""How often a case is asked again where the first answer took less than so many seconds."""
OPENING, LONGEST = 900.0, 600.0
Said = Callable[[str], object]


@dataclass
class Timed:
    """What one system made of one case. Seconds; bytes of memory.

    first   the first answer in its process; times: the answers after it, none where that was slow
    total   rows, with at_least: that many or more
    over    the bound that the answer did not keep; error: what went wrong instead
    """

    first: float | None = None
    times: list[float] = field(default_factory=list)
    total: int | None = None
    at_least: bool = False
    peak: int = 0
    over: float | None = None
    error: str | None = None

    @property
    def seconds(self) -> float | None:
        """The median of the answers after the first, or the first where there are none."""
        return median(self.times) if self.times else self.first


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


class Child:
    """One system's process. It is started when it is first asked, and again after it had to be ended."""

    def __init__(self, name: str, folder: Path, memory: int = 0, purse: float = 1e9, opening: float = OPENING) -> None:
        self.name = name
        self.opened: dict[str, Any] | None = None
        self._folder, self._memory, self._purse, self._opening = folder, memory, purse, opening
        self._process: subprocess.Popen[str] | None = None

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The reply; {over} where it took longer than that, {error} where it can't be had."""
        if self._purse <= 0:
            return {"error": "not asked: its time was up"}
        started = time.perf_counter()
        try:
            if self._process is None and (failed := self._open()):
                return failed
            assert self._process is not None
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            return self._reply(seconds)
        except BrokenPipeError:
            self.end()
            return {"error": "its process ended"}
        finally:
            self._purse -= time.perf_counter() - started

    def _open(self) -> dict[str, Any] | None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.child", self.name, str(self._folder.resolve()), str(self._memory)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        reply = self._reply(min(self._opening, self._purse))
        if "over" in reply or "error" in reply:
            self._purse = 0
            return {"error": f"did not open in {reply['over']:.0f} s"} if "over" in reply else reply
        self.opened = self.opened or reply
        return None

    def _reply(self, seconds: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            self.end()
            return {"over": seconds}
        line = self._process.stdout.readline()
        if not line:
            self.end()
            return {"error": "its process ended: out of memory, or worse"}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def children(folder: Path, systems: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Child]]:
    """A process for each system, with the bounds that it has."""
    made = {name: Child(name, folder, **bounds) for name, bounds in systems.items()}
    try:
        yield made
    finally:
        for child in made.values():
            child.end()


def measure(case: Case, systems: Mapping[str, Child], bound: float) -> dict[str, Timed]:
    """Ask every system that has a query for the case, turn by turn; the bound is for the peers of Concert."""
    found = {name: Timed() for name in systems if name == "concert" or answers(LANGUAGES[name], case.question)}
    request = asdict(case)
    for name, timed in found.items():
        _take(timed, systems[name].ask(request, LONGEST if name == "concert" else bound))
    for turn in range(max(count for _, count in ROUNDS)):
        names = [name for name, timed in found.items() if turn < _rounds(timed)]
        for name in [*names[turn % max(1, len(names)) :], *names[: turn % max(1, len(names))]]:
            if found[name].over is None and found[name].error is None:
                _take(found[name], systems[name].ask(request, LONGEST if name == "concert" else bound))
    return found


def _rounds(timed: Timed) -> int:
    first = timed.first
    return 0 if first is None else next((count for below, count in ROUNDS if first < below), 0)


def _take(timed: Timed, reply: dict[str, Any]) -> None:
    if "seconds" not in reply:
        timed.over = timed.over or reply.get("over")
        timed.error = timed.error or reply.get("error")
        return
    if timed.total not in (None, reply["total"]):
        timed.error = f"{timed.total} rows, then {reply['total']}"
    if timed.first is None:
        timed.first = reply["seconds"]
    else:
        timed.times.append(reply["seconds"])
    timed.total, timed.at_least = reply["total"], reply["at_least"]
    timed.peak = max(timed.peak, reply["peak"])
