"""Turns at something of which only so much can go on at once."""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A `with` statement waits for one of `count` turns; who has waited longest is next.

    A semaphore would give a turn to whoever asks just when one is free, again and again to one that has many short
    pieces of work, while a long one waits. Safe to use from threads.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            mine.wait()
        except BaseException:  # a reader who is stopped while waiting; the turn may have come meanwhile
            with self._lock:
                if not mine.is_set():
                    self._waiting.remove(mine)
                    raise
            self._pass_on()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
