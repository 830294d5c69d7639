"""What one export may take: bytes that it writes, and time."""

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import duckdb

from graph.errors import ConcertError, Timeout, TooLarge

if TYPE_CHECKING:
    from typing_extensions import Buffer

AGAIN = 0.5
"""Seconds after which a query that began meanwhile is stopped too."""


@dataclass(frozen=True)
class Bounds:
    """Most bytes and seconds of an export; None where there is no bound."""

    size: int | None = None
    seconds: float | None = None


class Bounded(io.BufferedIOBase):
    """Passes on what is written, until it is too much or too late: that is refused, and so is all that follows."""

    def __init__(self, out: BinaryIO, bounds: Bounds) -> None:
        super().__init__()
        self._out = out
        self._bounds = bounds
        self._end = None if bounds.seconds is None else time.monotonic() + bounds.seconds
        self._written = 0
        self.refusal: ConcertError | None = None

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, data: "Buffer") -> int:
        """Pass on all of `data`. Raises TooLarge and Timeout."""
        size = memoryview(data).nbytes
        self._written += size
        if self._bounds.size is not None and self._written > self._bounds.size:
            self.refusal = self.refusal or TooLarge(
                "the export is too large",
                given=f"more than {self._bounds.size:,} bytes",
                expected="a part of it: a place, a domain or a dataset; or a higher bound",
            )
        self.check()
        self._out.write(data)
        return size

    def check(self) -> None:
        """Raise what stopped the export, where anything did."""
        if self._end is not None and time.monotonic() > self._end:
            self.refusal = self.refusal or Timeout(
                "the export took too long",
                given=f"more than {self._bounds.seconds:,.0f} seconds",
                expected="a part of it: a place, a domain or a dataset; or a higher bound",
            )
        if self.refusal is not None:
            raise self.refusal

    @contextmanager
    def watching(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Stop the queries of `cursor` when time is up, as a query that runs writes nothing by which to notice."""
        done = threading.Event()

        def watch() -> None:
            left = None if self._end is None else max(self._end - time.monotonic(), 0)
            if done.wait(left):
                return
            while not done.wait(AGAIN):
                cursor.interrupt()

        watcher = threading.Thread(target=watch, name="export", daemon=True)
        watcher.start()
        try:
            yield
        except duckdb.InterruptException:
            self.check()
            raise
        except duckdb.OutOfMemoryException as error:
            raise TooLarge(
                "the export needs more memory than it may take",
                expected="a part of it: a place, a domain or a dataset",
            ) from error
        except Exception:
            if self.refusal is not None:  # whoever wrote may have put it in other words
                raise self.refusal from None
            raise
        finally:
            done.set()
            watcher.join()
