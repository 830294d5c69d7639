"""How many pairs of efforts overlap, exactly, where they are too many to list.

Two efforts overlap where each of several respects lets the one go with the other: place, domain, response, period, and
no lead in common. A respect knows few kinds of effort, and for each of them the efforts that go with it as a row of
bits. The rows of one effort, put together by AND, are the efforts that it overlaps with; their bits are counted.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from graph.questions.bits import Bits, Numbers, Respect, Truths, any_of, marked, ones, positions, table
from graph.questions.pairs import COORDINATED, DUPLICATING, UNDETERMINED, Pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST = 35_000
"""Efforts up to which their pairs are counted: the time grows with the square of their number."""
LINKED = 100_000
"""Pairs up to which links are looked for, where only those with a link are to be counted, or only those without."""
NAMED = 20_000
"""Pairs that may be doing the same up to which all of them are scored, and no other where they fill the page."""
ENDED, PROPOSED = 1, 2
UNKNOWN = 0
"""The number of the set of codes that nobody told."""
HALF = (1 << 63) - 1
"""A set of codes is two words of 63 bits (see the part pair_code)."""
AT_ONCE = 1 << 21
"""Bits of one respect that are put together with those of the others at a time: what a processor keeps at hand."""

Columns = Mapping[str, Numbers]
Codes = Mapping[str, "csr_array"]


@dataclass(frozen=True)
class Counted:
    """What bits tell of the pairs of a search.

    twice  twice the number of those that bits decide
    alike  of a search for verdicts the pairs, each a row, that are possibly duplicating or coordinated: links decide;
           None where they are more than LINKED, or than NAMED where the count does not ask which of the two they are
    """

    twice: int
    alike: Numbers | None


def countable(pairs: Pairs) -> bool:
    """Whether the pairs of a search are counted."""
    return pairs.efforts <= MOST


class Counting:
    """The count of a search's pairs, begun: it goes on beside the search, which may use its connection meanwhile."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._counted: Future[Counted] | None = None
        if countable(pairs):
            for name in ("pair_leading", "pair_counted", "pair_placed"):
                pairs.keep(name)
            told = Told.of(pairs)
            thread = ThreadPoolExecutor(1)
            self._counted = thread.submit(_count, told, frozenset(pairs.verdicts))
            thread.shutdown(wait=False)

    def alike(self) -> Numbers | None:
        """The pairs that are possibly duplicating or coordinated, as in Counted; None where they are too many."""
        return self._counted.result().alike if self._counted else None

    def total(self) -> int | None:
        """How many pairs there are in all; None where they are too many to count while somebody waits."""
        counted = self._counted.result() if self._counted else None
        verdicts = {DUPLICATING, COORDINATED} & set(self._pairs.verdicts)
        if counted is None:
            return None
        if len(verdicts) != 1:
            return counted.twice // 2
        if counted.alike is None:
            return None
        linked = _linked(self._pairs, counted.alike)
        return counted.twice // 2 + (linked if COORDINATED in verdicts else len(counted.alike) - linked)


def _count(told: "Told", verdicts: frozenset[str]) -> Counted:
    efforts = Efforts(told)
    twice, count, lists = 0, 0, list[Numbers]()
    most = LINKED if len(verdicts & {DUPLICATING, COORDINATED}) == 1 else NAMED
    for some, found in efforts.overlapping():
        if not verdicts:
            twice += efforts.twice(found)
            continue
        akin = found & efforts.akin[some]
        alike = akin & efforts.target[some] & efforts.finest(some)
        if UNDETERMINED in verdicts:
            twice += efforts.twice(akin & ~alike)
        if verdicts >= {DUPLICATING, COORDINATED}:
            twice += efforts.twice(alike)
        if verdicts & {DUPLICATING, COORDINATED}:
            count += efforts.twice(alike)
            if count <= 2 * most:
                lists.append(efforts.listed(some, alike))
    none = np.empty((0, 2), dtype=np.int64)
    return Counted(twice, np.concatenate([none, *lists]) if count <= 2 * most else None)


def _linked(pairs: Pairs, listed: Numbers) -> int:
    """How many of these pairs of efforts, each a row, something recorded brings together."""
    pairs.take(listed)
    pairs.relate("select a_no, b_no from pair_listed")
    return pairs.number("select count(distinct (a_no, b_no)) from pair_link")


@dataclass(frozen=True)
class Told:
    """What a search knows of its efforts, in columns of numbers.

    efforts            those of the table pair_counted; leads  who leads them
    placed, touching   the places of each, and which places are the same or lie within one another
    domain, response, target  the sets of codes; of targets only where the search is for verdicts
    """

    efforts: Columns
    leads: Columns
    placed: Columns
    touching: Columns
    domain: Codes
    response: Codes
    target: Codes | None

    @classmethod
    def of(cls, pairs: Pairs) -> Self:
        """What it knows now."""
        return cls(
            _columns(pairs, "select * exclude (place_set) from pair_counted order by nth"),
            _columns(pairs, "select nth, actor_no from pair_leading join pair_counted using (effort_no)"),
            _columns(pairs, "select nth, place_no, asked, finest from pair_placed"),
            _columns(pairs, "select * from pair_touching"),
            _codes(pairs, "domain"),
            _codes(pairs, "response"),
            _codes(pairs, "target") if pairs.verdicts else None,
        )


class Efforts:
    """Efforts, each compared with all of them; the parts pair_every, pair_met and pair_alike say how.

    akin    the targets of the two are the same or one is broader, or one is not known
    target  the two have a target in common; like akin, it is only there where the search is for verdicts
    """

    def __init__(self, of: Told) -> None:
        told = of.efforts
        self._number = told["effort_no"]
        self._size = len(self._number)
        self._asked = told["asked"] != 0
        self._asked_bits = self._those(self._asked)
        self._stage = told["stage"]
        self._compare_days(told)
        self._compare_codes(of)
        self._compare_places(of)
        if of.target is not None:
            self._compare_targets(of.target, told["target"])
        actors, actor = np.unique(of.leads["actor_no"], return_inverse=True)
        self._leads = table(of.leads["nth"], actor, (self._size, len(actors)))
        self._led = marked(actor, of.leads["nth"], (len(actors), self._size))

    def overlapping(self) -> Iterator[tuple[Numbers, Bits]]:
        """Those asked for, some at a time, with the bits of all that each of them overlaps with."""
        efforts = np.flatnonzero(self._asked)
        step = max(1, AT_ONCE // max(1, self._size))
        unlike = {one: self._those(self._stage != other) for one, other in ((ENDED, PROPOSED), (PROPOSED, ENDED))}
        for start in range(0, len(efforts), step):
            some = efforts[start : start + step]
            found = self._begun[some] & self._going[some] & self._domain[some] & self._response[some]
            found &= any_of(self._places, self._near, some)
            found &= ~any_of(self._leads, self._led, some)
            # Where one has ended and the other is proposed, days that are not known do not let them meet.
            for stage, others in unlike.items():
                part = self._stage[some] == stage
                found[part] &= others | (self._first[some[part]] & self._last[some[part]])
            yield some, found

    def finest(self, some: Numbers) -> Bits:
        """Those that record a place that the effort records as well, and neither of them one within it."""
        return any_of(self._fine_places, self._fine, some)

    def twice(self, found: Bits) -> int:
        """Twice the number of pairs: where both are asked for, each of them has found the other."""
        count = ones(found)
        return count if self._asked.all() else 2 * count - ones(found & self._asked_bits)

    def listed(self, some: Numbers, found: Bits) -> Numbers:
        """The pairs themselves, each once: a row with the numbers of the two."""
        row, other = positions(found)
        one = some[row]
        once = (one < other) | ~self._asked[other]
        return np.stack([self._number[one[once]], self._number[other[once]]], axis=1)

    def _those(self, truths: Truths) -> Bits:
        """The efforts of which that holds, as one row."""
        nth = np.flatnonzero(truths)
        return marked(np.zeros_like(nth), nth, (1, self._size))

    def _compare_days(self, told: Columns) -> None:
        starts, ends, first, last = (told[name] for name in ("starts", "ends", "from_day", "to_day"))
        self._begun = Respect.within(ends, starts)
        self._going = Respect.within(-starts, -ends)
        staged = self._stage != 0  # only of these it is asked
        self._first = Respect.within(np.where(staged, last, 0), first)
        self._last = Respect.within(np.where(staged, -first, 0), -last)

    def _compare_codes(self, of: Told) -> None:
        domain, asked, kin = of.efforts["domain"], of.domain["asked"], of.domain["kin"]
        self._domain = Respect.sharing(domain, asked, kin) | Respect.sharing(domain, kin, asked).rows
        response = of.response["asked"]
        self._response = Respect.sharing(of.efforts["response"], response, response)

    def _compare_targets(self, code: Codes, target: Numbers) -> None:
        own, broad = code["own"], code["broad"]
        self.target = Respect.sharing(target, own, own)
        akin = Respect.sharing(target, own, broad) | Respect.sharing(target, broad, own).rows
        self.akin = akin | self._those(target == UNKNOWN)
        self.akin.rows[self.akin.kind[target == UNKNOWN]] = self._those(target >= UNKNOWN)

    def _compare_places(self, of: Told) -> None:
        placed, touching = of.placed, of.touching
        count = 1 + placed["place_no"].max(initial=-1)
        near = table(touching["one"], touching["other"], (count, count))
        asked, fine = placed["asked"] != 0, placed["finest"] != 0
        nth, place = placed["nth"], placed["place_no"]
        self._places = table(nth[asked], place[asked], (self._size, count))
        self._near = any_of(near, marked(place[asked], nth[asked], (count, self._size)))
        self._fine_places = table(nth[fine], place[fine], (self._size, count))
        self._fine = marked(place[fine], nth[fine], (count, self._size))


def _columns(pairs: Pairs, sql: str) -> Columns:
    """The columns of a result, all of them numbers, as arrays."""
    return {name: np.asarray(column, dtype=np.int64) for name, column in pairs.columns(sql).items()}


def _codes(pairs: Pairs, kind: str) -> Codes:
    """The sets of codes of pair_code by their number, a row each of several tables; UNKNOWN has no code."""
    names = ("own", "broad", "asked", "kin")
    halves = ", ".join(
        f"({name} & {HALF})::bigint as {name}_low, ({name} >> 63)::bigint as {name}_high" for name in names
    )
    told = _columns(pairs, f"select distinct no, {halves} from pair_code where kind = '{kind}'")
    count = 1 + told["no"].max(initial=UNKNOWN)
    found = {}
    for name in names:
        words = np.zeros((count, 2), dtype=np.uint64)
        words[told["no"]] = np.stack([told[f"{name}_low"], told[f"{name}_high"]], axis=1)
        found[name] = table(*positions(words), (count, 128))
    return found
