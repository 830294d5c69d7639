"""One system in a process of its own, so that its memory is its own: `python -m tests.benchmarks.child SYSTEM FOLDER`.

It opens the world in FOLDER and says so; then it answers a line of JSON on standard input with a line on standard
output. A request is {question, given}: how long the answer took, its total, and the peak of memory meanwhile. Or it
is {crowd, seconds, cases}: how long each answer took with that many threads asking at once, and how many failed.
"""

import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks.cases import Case
from tests.benchmarks.machine import forget_peak, peak
from tests.benchmarks.peers.systems import SYSTEMS, System


def ask(system: System, request: dict[str, Any]) -> dict[str, Any]:
    """One answer, measured."""
    case = Case(request["question"], request["given"])
    forget_peak()
    started = time.perf_counter()
    total = system.total(case)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "total": total.rows, "at_least": total.at_least, "peak": peak()}


def crowd(system: System, request: dict[str, Any]) -> dict[str, Any]:
    """As many readers as asked for, each asking again and again: the seconds of every answer, and how many failed."""
    cases = [Case(question, given) for question, given in request["cases"]]
    until = time.perf_counter() + request["seconds"]

    def read(reader: int) -> list[float | None]:
        took: list[float | None] = []
        for turn in count(reader):
            started = time.perf_counter()
            if started > until:
                return took
            try:
                system.total(cases[turn % len(cases)])
                took.append(time.perf_counter() - started)
            except Exception:
                took.append(None)
        return took

    with ThreadPoolExecutor(request["crowd"]) as readers:
        every = [each for took in readers.map(read, range(request["crowd"])) for each in took]
    return {"times": [each for each in every if each is not None], "failed": every.count(None)}


def main(name: str, folder: str, memory: str) -> None:
    """Open, then answer until standard input ends."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no reply
    if int(memory):
        resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    started = time.perf_counter()
    system = SYSTEMS[name](Path(folder))
    print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak()}), file=replies, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = crowd(system, request) if "crowd" in request else ask(system, request)
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(reply), file=replies, flush=True)
    system.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
