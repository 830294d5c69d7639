"""What stays the same while a world does, made once: the small map of what is covered, the years of programmes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph.tables.world import World

Made = TypeVar("Made")
MOST_KEPT = 8
"""Worlds for which it is kept: one for each set of datasets that readers may see."""


@dataclass
class Kept(Generic[Made]):
    """What was made for each of the last few worlds. Safe to use from threads."""

    kept: OrderedDict[str, Made] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, world: World, make: Callable[[World], Made]) -> Made:
        """What `make` gives for a world; two that ask at once may both work it out."""
        with self.lock:
            if world.key in self.kept:
                self.kept.move_to_end(world.key)
                return self.kept[world.key]
        made = make(world)
        with self.lock:
            self.kept[world.key] = made
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return made
