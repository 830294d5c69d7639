"""Chance that is the same on every machine: uniform draws of one seeded stream, and everything made from them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
BLOCK = 1 << 16


class Dice:
    """One stream of chance. Streams of one seed are independent, so that more of one thing changes no other."""

    def __init__(self, seed: int, stream: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64([seed, stream]))
        self._block: list[float] = []

    def share(self) -> float:
        """A number from 0 up to but not including 1."""
        if not self._block:
            self._block = self._generator.random(BLOCK).tolist()
        return self._block.pop()

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1."""
        return int(self.share() * count)

    def chance(self, share: float) -> bool:
        """Whether something happens that does so in `share` of all cases."""
        return self.share() < share

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely as any other."""
        return items[int(self.share() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items."""
        found: list[T] = []
        while len(found) < count:
            item = self.pick(items)
            if item not in found:
                found.append(item)
        return found


class Zipf:
    """Ranks 0 to count - 1, the one at rank r drawn in proportion to 1 / (r + 1) ** slope.

    The weights are whole numbers, so that their sums are the same on every machine.
    """

    def __init__(self, count: int, slope: float = 1.0) -> None:
        self._until = list(accumulate(max(1, round(1e9 / (rank + 1) ** slope)) for rank in range(count)))

    def rank(self, dice: Dice) -> int:
        """One rank."""
        return bisect_right(self._until, int(dice.share() * self._until[-1]))
