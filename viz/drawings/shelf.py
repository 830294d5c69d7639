"""Pictures that were asked for lately, so that opening a thing in a large one doesn't make it anew."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from graph.network.progress import Progress
from viz.drawings.picture import Picture

MOST_KEPT = 8
MOST_NODES = 400_000
"""Nodes in all pictures together: some 400 MB."""
MOST_MADE = 4
"""Pictures that are made at once without anybody waiting for them."""
Make = Callable[[Progress], Picture]


@dataclass
class Making:
    """A picture on its way: what is being done, and the share of the whole that is done, 0 to 1."""

    step: str = "Waiting"
    share: float = 0.0

    def __call__(self, step: str, share: float) -> None:
        self.step, self.share = step, share


class Pictures:
    """The last few pictures by a key that holds all that they depend on. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._making: dict[str, tuple[Making, Future[Picture]]] = {}
        self._lock = threading.Lock()
        self._workers = ThreadPoolExecutor(MOST_MADE, thread_name_prefix="picture")

    def close(self) -> None:
        """Wait for what is being made; what has not begun is given up."""
        self._workers.shutdown(cancel_futures=True)

    def of(self, key: str, make: Make, patience: float | None = None) -> Picture | Making:
        """The picture of that key, made where it isn't there, once for all who ask for it meanwhile.

        patience  seconds after which one who would not wait longer is told how far it has come; it goes on being made
        Raises what `make` raises.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            under_way = self._making.get(key)
            if under_way is None and len(self._making) < MOST_MADE:
                making = Making()
                under_way = self._making[key] = making, self._workers.submit(self._made, key, make, making)
        if under_way is None:  # with so many on their way, whoever asks makes it and waits
            return self._keep(key, make(Making()))
        making, made = under_way
        if patience is not None and wait([made], patience).not_done:
            return making
        return made.result()

    def _made(self, key: str, make: Make, making: Making) -> Picture:
        try:
            return self._keep(key, make(making))
        finally:
            with self._lock:
                del self._making[key]

    def _keep(self, key: str, made: Picture) -> Picture:
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (
                len(self._kept) > MOST_KEPT or sum(len(each.nodes) for each in self._kept.values()) > MOST_NODES
            ):
                self._kept.popitem(last=False)
        return made
