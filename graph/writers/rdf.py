"""The claims themselves as N-Quads, TriG or JSON-LD: a graph a dataset version, as it is kept.

N-Quads go out as the snapshot has them, without a term being made of them. What is filtered is told by the engine of
the tables, which reads the snapshots as lines. Counts of victims below ten become the bound nine in all of them.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from graph.readers.layout import NAMESPACES
from graph.tables.engine import rows
from graph.tables.small_counts import QUERY, SmallCounts, kept_blocks
from graph.writers.part import Advance, Part, Told, query

if TYPE_CHECKING:
    from typing_extensions import Buffer

LINES = 5_000
"""Lines that are taken from the engine at once."""

PREFIXES = NAMESPACES | {"xsd": "http://www.w3.org/2001/XMLSchema#"}


def write_nquads(part: Part, out: BinaryIO) -> Told:
    """N-Quads, headed by comments that say the label, the filter and the licences."""
    return Told({"claims": _written(part, out)})


def write_trig(part: Part, out: BinaryIO) -> Told:
    """TriG, headed as N-Quads are."""
    return Told({"claims": _serialized(part, out, ox.RdfFormat.TRIG)})


def write_json_ld(part: Part, out: BinaryIO) -> Told:
    """JSON-LD. It takes no comments: the datasets say their licence and handling in their graphs."""
    return Told({"claims": _serialized(part, out, ox.RdfFormat.JSON_LD)})


def _headed(part: Part) -> bytes:
    return "".join(f"# {' '.join(line.split())}\n" for line in part.notice(part.claiming)).encode()


def _written(part: Part, out: BinaryIO) -> int:
    out.write(_headed(part))
    count = 0
    for block in _blocks(part):
        count += block.count(b"\n")
        out.write(block)
    return count


def _serialized(part: Part, out: BinaryIO, format_: ox.RdfFormat) -> int:
    count = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal count
        for block in _blocks(part):
            for quad in ox.parse(block, format=ox.RdfFormat.N_QUADS):
                count += 1
                yield quad

    if format_ != ox.RdfFormat.TRIG:
        ox.serialize(quads(), output=out, format=format_)
        return count
    out.write(_headed(part))
    ordered = _Ordered(out)
    ox.serialize(quads(), output=ordered, format=format_, prefixes=PREFIXES)
    ordered.finish()
    return count


class _Ordered(io.BytesIO):
    """Puts the prefixes at the head of a file in order: the serialiser writes them in one that changes by the run."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._head: bytes | None = b""

    def write(self, data: "Buffer") -> int:
        """Hold the head back until the first line after it is whole."""
        given = bytes(data)
        if self._head is None:
            self._out.write(given)
            return len(given)
        self._head += given
        lines = self._head.splitlines(keepends=True)
        if any(line.endswith(b"\n") and not line.startswith(b"@prefix") for line in lines):
            self.finish()
        return len(given)

    def finish(self) -> None:
        """Write what was held back."""
        if self._head is not None:
            lines = self._head.splitlines(keepends=True)
            first = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
            self._out.write(b"".join(sorted(lines[:first]) + lines[first:]))
            self._head = None


def _blocks(part: Part) -> Iterator[bytes]:
    """Whole lines of N-Quads, dataset by dataset, in the order in which each is kept."""
    small = SmallCounts(rows(part.cursor, QUERY))
    sizes = [part.snapshots[dataset["name"]].stat().st_size for dataset in part.claiming]
    for number, dataset in enumerate(part.claiming):
        snapshot = part.snapshots[dataset["name"]]
        share = _part(part.advance, sum(sizes[:number]), sizes[number], sum(sizes))
        blocks = _kept(snapshot, share) if part.by_dataset else _chosen(part, snapshot)
        for block in blocks:
            yield small.withheld(block)
        share(1)


def _part(advance: Advance, before: int, size: int, total: int) -> Advance:
    """Tell the share of one snapshot as a share of all of them, in bytes."""
    return lambda share: advance((before + share * size) / max(total, 1))


def _kept(snapshot: Path, advance: Advance) -> Iterator[bytes]:
    size = max(snapshot.stat().st_size, 1)
    for block, read in kept_blocks(snapshot):
        yield block
        advance(read / size)


def _chosen(part: Part, snapshot: Path) -> Iterator[bytes]:
    found = part.cursor.execute(query("lines"), {"snapshot": str(snapshot)})
    while rows := found.fetchmany(LINES):
        yield "".join(f"{line}\n" for (line,) in rows).encode()
