"""The journal: what people enter by hand, in a file that only grows, on disk before anything is acknowledged.

The file is in RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html), one transaction a change: `TX .`, lines that
add (A) or delete (D) a claim, `TC .`. What stands is in the default graph. Taking a judgement back deletes it there
and adds it, with its withdrawal, to the graph `WITHDRAWN`: nothing is forgotten, and what stands is what stood before.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
from filelock import FileLock, Timeout

from graph.errors import InvalidData, InvalidParameter, Locked, NotFound
from graph.identity.judgements import (
    Judgement,
    Withdrawal,
    check,
    check_words,
    claims,
    number,
    ordered,
    read_claims,
    standing,
)
from ontology.namespaces import ID

FILE = "journal.rdfp"
WITHDRAWN = ox.NamedNode(f"{ID}dataset/journal-withdrawn")
BEGIN, COMMIT = b"TX .\n", b"TC .\n"


class Journal:
    """The journal of one home directory. Safe from several threads, and from several processes."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE
        self._lock = threading.RLock()
        self._stamp: tuple[int, int] | None = None
        self._known: tuple[Judgement, ...] = ()

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the file does; cheap enough to ask at every request."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (stat.st_size, stat.st_mtime_ns)

    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements that stand, in the order in which they were entered. Raises InvalidData as `history` does."""
        return tuple(one for one in self.history() if one.withdrawn is None)

    def history(self) -> tuple[Judgement, ...]:
        """Every judgement ever entered, in that order; those that were taken back say so.

        A last change that a crash cut short was never acknowledged, and is left out. Raises InvalidData naming the line
        when the file is damaged elsewhere.
        """
        with self._lock:
            stamp = self.stamp()
            if stamp != self._stamp:
                self._known = _judgements(self._quads())
                self._stamp = stamp
            return self._known

    def record(
        self, one: str, other: str, decision: str, *, by: str, reason: str, at: datetime | None = None
    ) -> Judgement:
        """Enter a judgement on two things; it is on disk when this returns.

        by  the name of the token; at  now, unless given. Raises InvalidParameter where something can't be entered,
        or where the same decision stands already; Locked when another process holds the journal for a minute.
        """
        first, second = ordered(one, other)
        reason = " ".join(reason.split())
        check(first, second, decision, by, reason)
        with self._changing():
            before = standing(self.history()).get((first, second))
            if before and before.decision == decision:
                raise InvalidParameter(
                    f"{before.id} says so already", parameter="decision", given=decision, expected="another decision"
                )
            id_ = f"judgement/{max((number(each.id) for each in self.history()), default=0) + 1}"
            made = Judgement(id_, first, second, decision, by, _second(at), reason)
            self._append([("A", triple, None) for triple in claims(made)])
        return made

    def withdraw(self, id: str, *, by: str, reason: str, at: datetime | None = None) -> Judgement:
        """Take a judgement back; it no longer stands when this returns, and is kept in the history.

        Raises NotFound when there is none, InvalidParameter when it was taken back already, Locked as `record` does.
        """
        reason = " ".join(reason.split())
        check_words(by, reason)
        with self._changing():
            judgement = next((one for one in self.history() if one.id == id), None)
            if judgement is None:
                raise NotFound(f"there is no {id[:40]!r}", given=id[:40], expected="such as judgement/1")
            if judgement.withdrawn:
                raise InvalidParameter(
                    f"{id} was taken back already", parameter="id", given=id, expected="a judgement that stands"
                )
            gone = replace(judgement, withdrawn=Withdrawal(by, _second(at), reason))
            deleted = [("D", triple, None) for triple in claims(judgement)]
            self._append([*deleted, *(("A", triple, WITHDRAWN) for triple in claims(gone))])
        return gone

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the journal for one change. It has a lock of its own: a long load need not be waited for."""
        try:
            with self._lock, FileLock(self.path.with_suffix(".lock"), timeout=60):
                yield
        except Timeout as error:
            raise Locked(
                f"another process is writing {self.path}", where=str(self.path), expected="one change at a time"
            ) from error

    def _append(self, rows: list[tuple[str, ox.Triple, ox.NamedNode | None]]) -> None:
        """Write one transaction behind the last whole one, and fsync; after a failure the file is as it was."""
        lines = [f"{row} {triple}{f' {graph}' if graph else ''} .\n".encode() for row, triple, graph in rows]
        data = BEGIN + b"".join(lines) + COMMIT
        fresh = not self.path.exists()
        whole = 0 if fresh else _whole(self.path.read_bytes())
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            os.ftruncate(handle, whole)
            os.lseek(handle, whole, os.SEEK_SET)
            try:
                left = memoryview(data)
                while left:
                    left = left[os.write(handle, left) :]
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, whole)
                raise
        finally:
            os.close(handle)
        if fresh:
            _sync(self.path.parent)

    def _quads(self) -> set[ox.Quad]:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return set()
        found: set[ox.Quad] = set()
        inside = False
        for place, line in enumerate(data[: _whole(data)].split(b"\n")[:-1], start=1):
            kind, _, rest = line.partition(b" ")
            if kind in (b"TX", b"TC") and rest == b"." and inside == (kind == b"TC"):
                inside = not inside
                continue
            try:
                if not inside or kind not in (b"A", b"D"):
                    raise ValueError("a change begins with TX and ends with TC")
                (quad,) = ox.parse(rest, format=ox.RdfFormat.N_QUADS)
                (found.add if kind == b"A" else found.remove)(quad)
            except (ValueError, SyntaxError, KeyError) as error:
                raise self._damaged(place, error) from error
        return found

    def _damaged(self, line: int, error: Exception) -> InvalidData:
        return InvalidData(
            f"{self.path} is damaged: {error}",
            where=f"{self.path} line {line}",
            expected="the journal that Concert wrote; `concert restore` brings back a backup",
        )


def _whole(data: bytes) -> int:
    """The length of the file up to the end of its last whole transaction.

    What a crash leaves behind it is a beginning of one, or, where the machine went down, nothing but noughts.
    """
    end = len(data)
    while end:
        at = data.rfind(b"\n" + COMMIT, 0, end)
        if at < 0:
            return 0
        whole = at + 1 + len(COMMIT)
        begun = data.rfind(BEGIN, 0, at)
        if begun >= 0 and b"\0" not in data[begun:whole]:
            return whole
        end = max(0, begun)
    return 0


def _judgements(quads: set[ox.Quad]) -> tuple[Judgement, ...]:
    stand = [quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()]
    gone = [quad.triple for quad in quads if quad.graph_name == WITHDRAWN]
    return tuple(sorted([*read_claims(stand), *read_claims(gone)], key=lambda one: number(one.id)))


def _second(at: datetime | None) -> datetime:
    return (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
