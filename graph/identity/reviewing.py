"""The review queue of a world: what may be one actor and waits for a person, and what is merged already."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from graph.identity.actors import Candidate, Index, alike, make_index, unjudged
from graph.identity.journal import Journal
from graph.identity.judgements import JOURNAL
from graph.identity.merging import Merging
from graph.identity.settled import Settled, settle
from graph.tables.world import World

Kept = TypeVar("Kept")
Datasets = tuple[tuple[str, str], ...]
"""Name and version of every dataset but the journal: while they stay, so do the actors and what they are called."""
MOST_SETTLED = 16
"""Worlds of which is kept what is settled in them."""


@dataclass(frozen=True)
class Review:
    """What is known of the identity of the actors of one world at one state of the journal.

    queue  the candidates that nobody has judged yet, best first
    """

    index: Index
    merging: Merging
    queue: tuple[Candidate, ...]


class Desk:
    """Makes the reviews of worlds when they are asked for, and keeps what judgements don't change of those asked last.

    worlds  how many worlds are kept; an index of 50,000 actors takes some 300 MB and seconds to make.
    It takes worlds as the sources state them, in which nothing is merged yet. Safe from several threads: two that
    ask at once wait for one to make it, and whoever asks only what is settled does not wait for an index.
    """

    def __init__(self, journal: Journal, worlds: int = 2) -> None:
        self.journal = journal
        self._indexes: Shelf[Index] = Shelf(worlds, make_index)
        self._alike: Shelf[list[Candidate]] = Shelf(worlds, lambda world: alike(self.index(world)))
        self._settled: dict[Datasets, tuple[tuple[int, int], Settled]] = {}

    def index(self, world: World) -> Index:
        """The index over the actors of a world."""
        return self._indexes.of(world)

    def settled(self, versions: Mapping[str, str], files: Mapping[str, Path]) -> Settled:
        """What is settled now among the datasets `versions` (name -> version), whose tables are in `files`."""
        stamp, datasets = self.journal.stamp(), _datasets(versions)
        known = self._settled.get(datasets)
        if known is None or known[0] != stamp:
            others = [file for name, file in files.items() if name != JOURNAL]
            known = (stamp, settle(others, self.journal.judgements()))
            fresh = {key: kept for key, kept in self._settled.items() if kept[0] == stamp}
            self._settled = dict([*fresh.items()][-MOST_SETTLED:]) | {datasets: known}
        return known[1]

    def review(self, world: World, merging: Merging) -> Review:
        """The queue of a world, of which `merging` tells what is one already."""
        queue = unjudged(self._alike.of(world), merging.kept, merging.rejected)
        return Review(self.index(world), merging, tuple(queue))


class Shelf(Generic[Kept]):
    """What was made of the worlds that were asked last, each made when it is first needed.

    worlds  how many are kept; the one that was not asked for longest goes first
    """

    def __init__(self, worlds: int, make: Callable[[World], Kept]) -> None:
        self._worlds = worlds
        self._make = make
        self._lock = threading.Lock()
        self._kept: OrderedDict[Datasets, Kept] = OrderedDict()

    def of(self, world: World) -> Kept:
        """What is made of this world."""
        datasets = _datasets(world.datasets)
        with self._lock:
            if datasets not in self._kept:
                self._kept[datasets] = self._make(world)
                while len(self._kept) > self._worlds:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(datasets)
            return self._kept[datasets]


def _datasets(versions: Mapping[str, str]) -> Datasets:
    return tuple(sorted((name, version) for name, version in versions.items() if name != JOURNAL))
