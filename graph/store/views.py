"""Unchanging views of the embedded store, and queries that run on them in processes of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from graph.errors import ConcertError, NotAcceptable, QueryError, StoreUnavailable, Timeout, TooLarge
from graph.store import GRAPH_TYPES, SOLUTION_TYPES, Limits, Reply, reader
from graph.store.door import misread

_READER = str(Path(reader.__file__).resolve())


class View(NamedTuple):
    """The store as it was after one change: its files in `folder`, and the graphs that were held completely."""

    folder: Path
    graphs: frozenset[str]


class Views:
    """Makes a view when one is first asked for after a change: the files hard-linked, which takes milliseconds.

    A second process can't safely read the files that a first one writes; a view nobody writes any more. What is
    half loaded or half removed may be in its files and never is in its graphs, as the two are taken together.
    """

    def __init__(self, store: pyoxigraph.Store, folder: Path, held: frozenset[str]) -> None:
        self._store = store
        self._folder = folder
        self._lock = threading.Lock()
        self._numbers = count()
        self._held = held
        self._current: View | None = None
        self._readers: Counter[View] = Counter()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    @contextmanager
    def open(self) -> Iterator[View]:
        """The view of the present state. Its files stay until the last one who has it open is done."""
        with self._lock:
            if self._current is None:
                view = View(self._folder / str(next(self._numbers)), self._held)
                self._store.backup(view.folder)
                self._current = view
            view = self._current
            self._readers[view] += 1
        try:
            yield view
        finally:
            with self._lock:
                self._readers[view] -= 1
                self._drop(view)

    def renew(self, held: frozenset[str]) -> None:
        """From now on these graphs are held: who opens a view next sees that, who has one open goes on as before."""
        with self._lock:
            outdated, self._current, self._held = self._current, None, held
            if outdated:
                self._drop(outdated)

    def _drop(self, view: View) -> None:
        if view != self._current and not self._readers[view]:
            del self._readers[view]
            shutil.rmtree(view.folder, ignore_errors=True)


class Queries:
    """Runs queries on views, each in a process of its own (see `reader`), a few at a time."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._places = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))

    def run(self, text: str, graphs: frozenset[str], accept: Sequence[str], limits: Limits) -> Reply:
        """The answer, or the error that tells how the process ended. Waiting for a place is within the time too."""
        known = [media_type for media_type in accept if media_type in SOLUTION_TYPES + GRAPH_TYPES]
        request: dict[str, object] = {"query": text, "accept": known}
        request |= {"seconds": limits.seconds, "bytes": limits.bytes, "memory": limits.memory}
        if not self._places.acquire(timeout=limits.seconds):
            raise Timeout(
                "Too many queries are running; try again later", expected=f"a place within {limits.seconds} s"
            )
        try:
            with self._views.open() as view:
                request["graphs"] = sorted(graphs & view.graphs)
                done = subprocess.run(  # our own program; the query goes in by a pipe
                    [sys.executable, "-P", _READER, str(view.folder)],
                    input=json.dumps(request).encode(),
                    capture_output=True,
                    check=False,
                    timeout=limits.seconds + 10,
                )
        except subprocess.TimeoutExpired as error:
            raise _late(limits) from error
        finally:
            self._places.release()
        if done.returncode:
            raise _failure(done.returncode, done.stderr.decode(errors="replace").strip(), accept, limits)
        media_type, _, body = done.stdout.partition(b"\n")
        return Reply(media_type.decode(), body)


def _late(limits: Limits) -> Timeout:
    return Timeout("The query took too long and was stopped", expected=f"at most {limits.seconds} s")


def _failure(code: int, said: str, accept: Sequence[str], limits: Limits) -> ConcertError:
    if code == reader.MISREAD:
        return misread(said)
    if code == reader.NOT_ACCEPTABLE:
        return NotAcceptable("This form of query has no such format", parameter="accept", given=", ".join(accept))
    if code == reader.TOO_LARGE:
        return TooLarge(
            "The answer is too large; ask for less, or add a LIMIT", expected=f"at most {limits.bytes} bytes"
        )
    if code == reader.FAILED:
        return QueryError(f"The query failed: {said[:500]}")
    if code == -signal.SIGALRM:
        return _late(limits)
    if code == -signal.SIGABRT or "MemoryError" in said:
        return TooLarge("The query needs too much memory", expected=f"at most {limits.memory} bytes")
    if code == -signal.SIGSEGV:
        return QueryError("The query nests too deep")
    return StoreUnavailable(f"The process that reads the store ended unexpectedly: {said[-500:]}", given=code)
