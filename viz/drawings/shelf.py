"""Pictures that were asked for lately, so that opening a thing in a large one doesn't make it anew."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from viz.drawings.picture import Picture

MOST_KEPT = 8
MOST_NODES = 400_000
"""Nodes in all pictures together: some 400 MB."""


@dataclass
class Pictures:
    """The last few pictures by a key that holds all that they depend on. Safe to use from several threads."""

    kept: OrderedDict[str, Picture] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, key: str, make: Callable[[], Picture]) -> Picture:
        """The picture of that key, made where it isn't there; two that ask at once may both make it."""
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        made = make()
        with self.lock:
            self.kept[key] = made
            self.kept.move_to_end(key)
            while len(self.kept) > 1 and (
                len(self.kept) > MOST_KEPT or sum(len(each.nodes) for each in self.kept.values()) > MOST_NODES
            ):
                self.kept.popitem(last=False)
        return made
