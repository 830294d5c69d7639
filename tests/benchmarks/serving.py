"""The server as its readers meet it, and the readers: `python -m tests.benchmarks.serving URL READERS SECONDS PATH…`.

The readers are a process of their own that prints the seconds of every reply, and how many failed, as JSON.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.benchmarks.asking import median
from tests.benchmarks.cases import Case
from tests.benchmarks.machine import ROOT, cpu_seconds, held, peak

SERVE = "from api.cli import main; main()"
STARTING = 1800.0
QUIET = 2.0
"""Seconds without work after which a server has done what it does by itself."""
Figures = dict[str, float | int | None]


def path(case: Case) -> str:
    """Where the API answers the case."""
    return f"/api/questions/{case.question}?{urlencode(case.given)}"


def settle(process: int) -> None:
    """Wait until a server has nothing to do."""
    used, since = cpu_seconds([process]), time.monotonic()
    while time.monotonic() < since + QUIET:
        time.sleep(0.5)
        now = cpu_seconds([process])
        if now - used > 0.05:
            used, since = now, time.monotonic()


@contextmanager
def server(home: Path) -> Iterator[tuple[str, int, float]]:
    """A server of the home on a free port: its address, its process, and the seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        SERVE,
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--home",
        str(home.resolve()),
    ]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url)
        yield url, process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.perf_counter() + STARTING
    with httpx.Client(timeout=STARTING, trust_env=False) as client:
        while time.perf_counter() < until:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode} before it was ready")
            try:
                if client.get(f"{url}/readyz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
    raise RuntimeError(f"the server was not ready after {STARTING:.0f} s")


def measure(home: Path, cases: Sequence[Case], read: Sequence[Case], seconds: float) -> dict[str, Figures]:
    """Start, then `read` by one and by fifty readers, then every case once, and the memory that it all took."""
    found: dict[str, Figures] = {}
    with server(home):
        pass  # the first start makes what an older version kept otherwise
    with server(home) as (url, process, ready):
        found["start"] = {"seconds": ready, "memory": held(process)}
        for readers in (1, 50):
            asked = [sys.executable, "-m", "tests.benchmarks.serving", url, str(readers), str(seconds)]
            replies = subprocess.run([*asked, *map(path, read)], check=True, capture_output=True, text=True, cwd=ROOT)
            read_ = json.loads(replies.stdout)
            found[f"readers {readers}"] = spread(read_) | {"rate": len(read_["times"]) / seconds}
        slowest, slowest_case = 0.0, ""
        with httpx.Client(base_url=url, timeout=STARTING, trust_env=False) as client:
            for case in cases:
                started = time.perf_counter()
                client.get(path(case)).raise_for_status()
                took = time.perf_counter() - started
                slowest, slowest_case = max((slowest, slowest_case), (took, case.name))
        found["all"] = {"memory": held(process), "peak": peak(process), "slowest": slowest, "questions": len(cases)}
    return found


def spread(read: Mapping[str, Any]) -> Figures:
    """Median, 95th percentile, how many there were, and how many failed. Raises RuntimeError where all failed."""
    ordered = sorted(read["times"])
    if not ordered:
        raise RuntimeError(f"all {read['failed']} answers failed")
    return {
        "p50": median(ordered),
        "p95": ordered[int(len(ordered) * 0.95)],
        "count": len(ordered),
        "failed": read["failed"],
    }


async def read(url: str, readers: int, seconds: float, paths: Sequence[str]) -> dict[str, Any]:
    """Seconds of each whole reply, with that many readers asking again and again, and how many were no answer."""
    times: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds
    limits = httpx.Limits(max_connections=readers)

    async def one(client: httpx.AsyncClient, reader: int) -> None:
        nonlocal failed
        for turn in count(reader):
            started = time.perf_counter()
            if started > until:
                return
            try:
                (await client.get(paths[turn % len(paths)])).raise_for_status()
                times.append(time.perf_counter() - started)
            except httpx.HTTPError:
                failed += 1

    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120, trust_env=False) as client:
        for each in paths:
            (await client.get(each)).raise_for_status()
        until = time.perf_counter() + seconds
        await asyncio.gather(*(one(client, reader) for reader in range(readers)))
    return {"times": times, "failed": failed}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(read(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]))))
