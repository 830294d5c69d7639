"""Spellings: every name and identifier of the things of one kind, kept so that near ones are found in milliseconds.

Found by trigrams: three letters that follow one another. A spelling that shares many of them with a text is a
candidate; how alike the two are is for whoever asks to measure.
"""

import re
import threading
import unicodedata
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.tables.world import World

QUERY = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
LONGEST = 300
"""Characters of a folded spelling that are compared; what is longer is cut."""
NEAR = 0.2
"""Share of trigrams (Dice's coefficient) from which on a spelling is looked at."""
NAMES = frozenset({"label", "acronym", "alias"})
WORD = re.compile(r"[^\W_]+")
UNACCENTED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": None, "'": None})

Whole = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
NONE: Whole = np.zeros(0, dtype=np.int64)
PART = 50_000
"""Spellings that are indexed at a time."""


def fold(text: str) -> str:
    """Words in lower case with single spaces, without accents and punctuation, in whatever script: "Łódź!" is "lodz".

    Letters with stops between them are taken together: "I.O.M." is "iom".
    """
    plain = text[: 4 * LONGEST]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.casefold().translate(UNACCENTED)
    words = WORD.findall(plain)
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)[:LONGEST]
    return " ".join(words)[:LONGEST].rstrip()


@dataclass(frozen=True)
class Spelling:
    """One spelling of one thing: the folded text, what it is, and the thing's number in the index."""

    text: str
    use: str
    thing: int

    @property
    def is_name(self) -> bool:
        """Whether it is a name; else it is an identifier."""
        return self.use in NAMES


class Spellings:
    """The spellings of one kind in one world. It is read only, so that many threads can use it.

    ids  the things, in order; the number of a thing is its place among them
    """

    def __init__(self, world: World, kind: str) -> None:
        things = world.rows(
            "select id, list_sort(list_distinct(list(class))) as classes from thing where kind = $kind "
            "group by id order by id",
            {"kind": kind},
        )
        self.ids: list[str] = [row["id"] for row in things]
        sets: dict[tuple[str, ...], int] = {}
        self._class: Rows = np.array(
            [sets.setdefault(tuple(row["classes"]), len(sets)) for row in things], dtype=np.int32
        )
        self._classes = list(sets)
        number = {id_: place for place, id_ in enumerate(self.ids)}
        uses: dict[str, int] = {}
        found = sorted(
            {
                (folded, uses.setdefault(use, len(uses)), number[id_])
                for id_, text, use in _read(world, kind)
                if id_ in number and (folded := fold(text))
            }
        )
        self._uses = list(uses)
        self._use = np.array([use for _, use, _ in found], dtype=np.int32)
        self._thing: Rows = np.array([thing for _, _, thing in found], dtype=np.int32)
        self._text = "".join(f" {text} " for text, _, _ in found)
        self._start: Whole = np.concatenate([[0], np.cumsum([len(text) + 2 for text, _, _ in found], dtype=np.int64)])
        self._of_thing: Rows = np.argsort(self._thing, kind="stable").astype(np.int32)
        self._own: Whole = np.searchsorted(self._thing[self._of_thing], np.arange(len(self.ids) + 1))
        self._index()

    def _index(self) -> None:
        """List, for each trigram, the spellings that hold it, in order. Done by parts, so that memory stays bounded."""
        parts = [self._part(left, min(left + PART, len(self))) for left in range(0, len(self), PART)]
        self._keys: Whole = np.unique(np.concatenate([NONE, *(keys for keys, _, _ in parts)]))
        counts = np.zeros((len(parts), len(self._keys)), dtype=np.int64)
        for count, (keys, held, _) in zip(counts, parts, strict=True):
            count[np.searchsorted(self._keys, keys)] = held
        self._bounds: Whole = np.concatenate([[0], np.cumsum(counts.sum(axis=0))]).astype(np.int64)
        self._postings: Rows = np.empty(int(self._bounds[-1]), dtype=np.int32)
        free = self._bounds[:-1].copy()
        for count, (_, _, postings) in zip(counts, parts, strict=True):
            first = np.cumsum(count) - count
            self._postings[np.arange(len(postings)) + np.repeat(free - first, count)] = postings
            free += count
        self._size = np.bincount(self._postings, minlength=len(self))

    def _part(self, left: int, right: int) -> tuple[Whole, Whole, Rows]:
        """The trigrams of some spellings, in order; how many hold each; and which do, one trigram after the other."""
        start = self._start[left : right + 1]
        keys = _trigrams(self._text[start[0] : start[-1]])
        spelling = np.repeat(np.arange(left, right, dtype=np.int32), np.diff(start))
        within = spelling[:-2] == spelling[2:]
        keys, spelling = keys[within], spelling[:-2][within]
        order = np.argsort(keys, kind="stable")
        keys, spelling = keys[order], spelling[order]
        another = np.append(True, keys[1:] != keys[:-1])
        once = another | np.append(True, spelling[1:] != spelling[:-1])  # a spelling may hold a trigram twice
        places = np.flatnonzero(another[once])
        return keys[another], np.diff(np.append(places, once.sum())), spelling[once]

    def __len__(self) -> int:
        """How many spellings there are."""
        return len(self._thing)

    def __getitem__(self, place: int) -> str:
        """The folded text of one spelling; they stand in the order of their text."""
        return self._text[self._start[place] + 1 : self._start[place + 1] - 1]

    def spelling(self, place: int) -> Spelling:
        """One spelling with what it is and whose."""
        return Spelling(self[place], self._uses[self._use[place]], int(self._thing[place]))

    def number(self, id_: str) -> int | None:
        """The number of the thing with this id, if it is here."""
        place = bisect_left(self.ids, id_)
        return place if place < len(self.ids) and self.ids[place] == id_ else None

    def exactly(self, text: str) -> Iterator[Spelling]:
        """The spellings that fold to the same as `text`."""
        folded = fold(text)
        place = bisect_left(self, folded)
        while folded and place < len(self) and self[place] == folded:
            yield self.spelling(place)
            place += 1

    def of(self, thing: int) -> Iterator[Spelling]:
        """The spellings of one thing."""
        own = self._of_thing[self._own[thing] : self._own[thing + 1]]
        return (self.spelling(int(place)) for place in own)

    def classes(self, thing: int) -> tuple[str, ...]:
        """The classes of one thing: `con:Agency`, and others where datasets differ."""
        return self._classes[int(self._class[thing])]

    def having(self, fits: Callable[[tuple[str, ...]], bool]) -> npt.NDArray[np.bool_]:
        """For each thing, whether its classes are such."""
        return np.array([fits(classes) for classes in self._classes], dtype=bool)[self._class]

    def near(self, text: str, allowed: npt.NDArray[np.bool_] | None = None, most: int = 150) -> Iterator[Spelling]:
        """The spellings that share most trigrams with `text`, at most `most` of them, the nearest first.

        allowed  for each thing, whether its spellings count
        """
        wanted = np.unique(_trigrams(f" {fold(text)} "))
        shared = self._shared(wanted)
        share = 2 * shared / (self._size + len(wanted))
        places = np.flatnonzero(share >= NEAR)
        if allowed is not None:
            places = places[allowed[self._thing[places]]]
        if len(places) > most:
            least = np.partition(share[places], -most)[-most]
            places = places[share[places] >= least]
        order = np.lexsort((places, -share[places]))[:most]
        return (self.spelling(int(place)) for place in places[order])

    def beginning(self, prefix: str) -> Iterator[Spelling]:
        """The spellings that begin with `prefix`, by their text."""
        folded = fold(prefix)
        place = bisect_left(self, folded)
        while place < len(self) and self[place].startswith(folded):
            yield self.spelling(place)
            place += 1

    def holding(self, prefix: str) -> Iterator[Spelling]:
        """The spellings of which a word, but not the first, begins with `prefix`, by their text."""
        start = f" {fold(prefix)}"
        wanted = np.unique(_trigrams(start))
        for place in np.flatnonzero(self._shared(wanted) == len(wanted)).tolist() if len(wanted) else ():
            if start in self[place]:
                yield self.spelling(place)

    def _shared(self, wanted: Whole) -> npt.NDArray[np.int64]:
        """For each spelling, how many of these trigrams it holds."""
        at = np.searchsorted(self._keys, wanted)
        known = [
            place for place, key in zip(at, wanted, strict=True) if place < len(self._keys) and self._keys[place] == key
        ]
        listed = [self._postings[self._bounds[place] : self._bounds[place + 1]] for place in known]
        held = np.concatenate(listed) if listed else np.zeros(0, dtype=np.int32)
        return np.bincount(held, minlength=len(self))


def _read(world: World, kind: str) -> Iterator[tuple[str, str, str]]:
    """Id, text and use of every spelling, without holding them all."""
    with world.tables.reading(world.schema) as cursor:
        cursor.execute(QUERY, {"kind": kind})
        while some := cursor.fetchmany(10_000):
            yield from some


def _trigrams(text: str) -> Whole:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    if len(points) < 3:
        return np.zeros(0, dtype=np.int64)
    return (points[:-2] << 42) | (points[1:-1] << 21) | points[2:]


class Shelf:
    """The spellings of the worlds that were asked last, each made when it is first needed.

    worlds     how many worlds are kept at the most; the one that was not asked for longest goes first
    spellings  how many spellings are kept at the most, unless the world asked last has more (a million take 0.5 GB)
    """

    def __init__(self, worlds: int = 4, spellings: int = 3_000_000) -> None:
        self._worlds = worlds
        self._spellings = spellings
        self._lock = threading.Lock()
        self._making: dict[tuple[str, str], threading.Lock] = {}
        self._kept: OrderedDict[str, dict[str, Spellings]] = OrderedDict()

    def of(self, world: World, kind: str) -> Spellings:
        """The spellings of the things of `kind` in this world. Those that ask at once wait for one to make them."""
        made = self._found(world.key, kind)
        if made is not None:
            return made
        with self._lock:
            making = self._making.setdefault((world.key, kind), threading.Lock())
        with making:
            made = self._found(world.key, kind)  # somebody else may have made them meanwhile
            made = Spellings(world, kind) if made is None else made
            with self._lock:
                self._kept.setdefault(world.key, {})[kind] = made
                self._making.pop((world.key, kind), None)
                self._let_go()
        return made

    def _found(self, key: str, kind: str) -> Spellings | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key, {}).get(kind)

    def _let_go(self) -> None:
        def much() -> bool:
            total = sum(len(each) for kinds in self._kept.values() for each in kinds.values())
            return len(self._kept) > self._worlds or total > self._spellings

        while len(self._kept) > 1 and much():
            self._kept.popitem(last=False)
