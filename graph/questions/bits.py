"""Sets of efforts as rows of bits, 64 to a word, so that many are compared at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

AT_ONCE = 1 << 21
"""Truths that are found at a time, before they are packed into bits: it bounds the memory."""

Bits = npt.NDArray[np.uint64]
Truths = npt.NDArray[np.bool]
Numbers = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Respect:
    """For each kind of effort a row with a bit for every effort that goes with it; `kind` is that of each effort."""

    rows: Bits
    kind: Numbers

    def __getitem__(self, efforts: Numbers) -> Bits:
        return self.rows[self.kind[efforts]]

    @classmethod
    def of(cls, values: Days, goes: Callable[[Days], Truths]) -> Self:
        """Efforts with the same value are of one kind; `goes` tells who goes with each of a column of values."""
        distinct, kind = np.unique(values, return_inverse=True)
        return cls(rows(len(distinct), len(values), lambda some: goes(distinct[some, np.newaxis])), kind)

    @classmethod
    def between(cls, values: Numbers, goes: Callable[[Numbers, Numbers], Truths]) -> Self:
        """The same where `goes` tells which of some values go with which of all."""
        distinct, kind = np.unique(values, return_inverse=True)
        return cls(rows(len(distinct), len(values), lambda some: goes(distinct[some], distinct)[:, kind]), kind)


def rows(count: int, width: int, truths: Callable[[slice], Truths]) -> Bits:
    """So many rows of bits; `truths` finds some of them, as wide."""
    step = max(1, AT_ONCE // max(1, width))
    parts = [packed(truths(slice(start, start + step))) for start in range(0, count, step)]
    return np.concatenate([np.empty((0, -(-width // 64)), dtype=np.uint64), *parts])


def packed(truths: Truths) -> Bits:
    """Each row of truths as bits in whole words."""
    words = np.zeros((len(truths), -(-truths.shape[1] // 64) * 8), dtype=np.uint8)
    told = np.packbits(truths, axis=1, bitorder="little")
    words[:, : told.shape[1]] = told
    return words.view(np.uint64)


def unpacked(bits: Bits, width: int) -> tuple[Numbers, Numbers]:
    """Row and column of each bit that is set."""
    row, column = np.nonzero(np.unpackbits(bits.view(np.uint8), axis=1, count=width, bitorder="little"))
    return row, column


def ones(bits: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum())


def any_of(named: "csr_array", among: Bits) -> Bits:
    """For each row of `named` the bits of all rows of `among` whose columns it has."""
    found = np.zeros((named.shape[0], among.shape[1]), dtype=np.uint64)
    count = np.diff(named.indptr)
    for nth in range(count.max(initial=0)):
        more = count > nth
        found[more] |= among[named.indices[named.indptr[:-1][more] + nth]]
    return found


def table(row: Numbers, column: Numbers, shape: tuple[int, int]) -> "csr_array":
    """Truths of which few hold. Two such tables multiplied tell which rows and columns have something in common."""
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(row), dtype=np.bool), (row, column)), shape=shape)
