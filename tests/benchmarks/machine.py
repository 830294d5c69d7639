"""The machine and this process: what a measurement has to say of where it was made, and the memory that it took."""

import contextlib
import os
import platform
import resource
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The checkout: what runs as a module runs from here."""
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MEASURED = ("duckdb", "pyoxigraph", "ladybug", "rdflib")


def peak(process: int | None = None) -> int:
    """The most memory in bytes that a process has held, this one unless told otherwise.

    Where there is no /proc it is what the kernel kept for this process, which `forget_peak` can't put back.
    """
    found = _status("VmHWM", process)
    if found is None:
        found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return found


def held(process: int) -> int | None:
    """The memory in bytes that another process holds now; None where there is no /proc."""
    return _status("VmRSS", process)


def cpu_seconds(processes: Iterable[int]) -> float:
    """Seconds of the processor that these processes have had, those that ended meanwhile not counted."""
    ticks = 0
    for process in processes:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def descendants(process: int) -> set[int]:
    """A process and all that it started, and they; nothing else where there is no /proc."""
    above: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            above[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    found, more = {process}, {process}
    while more:
        more = {child for child, parent in above.items() if parent in more} - found
        found |= more
    return found


def forget_peak() -> None:
    """Begin to measure the peak anew, where the kernel allows it."""
    if CLEAR.exists():
        CLEAR.write_text("5")


def _status(field: str, process: int | None) -> int | None:
    status = STATUS if process is None else Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines[field].split()[0]) * 1024


def described() -> dict[str, str]:
    """Processor, cores, memory, system and the versions of what is measured."""
    info = Path("/proc/cpuinfo")
    names = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    processor = names[0].partition(": ")[2] if names else platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": processor,
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in MEASURED},
    }
