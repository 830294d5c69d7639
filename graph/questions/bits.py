"""Sets of efforts as rows of bits, 64 to a word, so that many are compared at once."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Bits = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool]


@dataclass(frozen=True)
class Respect:
    """For each kind of effort a row with a bit for every effort that goes with it; `kind` is that of each effort."""

    rows: Bits
    kind: Numbers

    def __getitem__(self, efforts: Numbers) -> Bits:
        return self.rows[self.kind[efforts]]

    @classmethod
    def within(cls, limits: Numbers, values: Numbers) -> Self:
        """With an effort go those whose value is no greater than its limit."""
        distinct, kind = np.unique(limits, return_inverse=True)
        least = np.searchsorted(distinct, values)
        reached = np.flatnonzero(least < len(distinct))
        rows = marked(least[reached], reached, (len(distinct), len(values)))
        for lower, row in pairwise(rows):  # numpy's accumulate does the same column by column, and takes longer
            np.bitwise_or(lower, row, out=row)
        return cls(rows, kind)

    @classmethod
    def sharing(cls, sets: Numbers, own: "csr_array", other: "csr_array") -> Self:
        """With an effort, whose set of codes is a row of two tables, go those whose `other` has a code of its `own`."""
        distinct, kind = np.unique(sets, return_inverse=True)
        effort, code = other[sets].nonzero()
        return cls(any_of(own[distinct], marked(code, effort, (own.shape[1], len(sets)))), kind)

    def __or__(self, more: Bits) -> "Respect":
        """The same with more that go with each kind: a row of bits for every kind, or one for all."""
        return Respect(self.rows | more, self.kind)


def marked(row: Numbers, column: Numbers, shape: tuple[int, int]) -> Bits:
    """Rows of bits of which these are set."""
    bits = np.zeros((shape[0], -(-shape[1] // 64)), dtype=np.uint64)
    np.bitwise_or.at(bits, (row, column >> 6), np.uint64(1) << (column & 63).astype(np.uint64))
    return bits


def positions(bits: Bits) -> tuple[Numbers, Numbers]:
    """Row and column of each bit that is set."""
    row, word = np.nonzero(bits)
    nth, bit = np.nonzero(np.unpackbits(bits[row, word].view(np.uint8).reshape(-1, 8), axis=1, bitorder="little"))
    return row[nth], 64 * word[nth] + bit


def ones(bits: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum())


def any_of(named: "csr_array", among: Bits, rows: Numbers | slice = slice(None)) -> Bits:
    """For each row of `named`, or each of those `rows`, the bits of all rows of `among` whose columns it has."""
    first, count = named.indptr[:-1][rows], np.diff(named.indptr)[rows]
    found = np.zeros((len(first), among.shape[1]), dtype=np.uint64)
    for nth in range(count.max(initial=0)):
        more = count > nth
        found[more] |= among[named.indices[first[more] + nth]]
    return found


def table(row: Numbers, column: Numbers, shape: tuple[int, int]) -> "csr_array":
    """Truths of which few hold."""
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(row), dtype=np.bool), (row, column)), shape=shape)
