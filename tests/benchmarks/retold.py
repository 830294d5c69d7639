"""Titles told again: in another language, cut short, in another order, and with slips of the keyboard."""

from hashlib import sha256

from tests.benchmarks.dice import Dice
from tests.benchmarks.words import name

ACROSS = 400_000
"""Words of the other language are names from here on, apart from those of places, programmes and actors."""


def translated(title: str, _: Dice) -> str:
    """Each common word becomes one of a made-up language, always the same one; names stay as they are."""
    first, *others = title.split(" ")
    return " ".join([_foreign(first) if first.isalpha() else first, *map(_foreign, others)])


def _foreign(word: str) -> str:
    if not word.islower():
        return word
    number = int.from_bytes(sha256(word.encode()).digest()[:4], "big") % 50_000
    return name(ACROSS + number).lower()


def abbreviated(title: str, dice: Dice) -> str:
    """The first three to five words."""
    return " ".join(title.split(" ")[: 3 + dice.below(3)])


def reordered(title: str, dice: Dice) -> str:
    """The second half before the first."""
    words = title.split(" ")
    cut = 1 + dice.below(max(1, len(words) - 1))
    return " ".join([*words[cut:], *words[:cut]])


def mistyped(title: str, dice: Dice) -> str:
    """Two neighbouring letters change places in every third word or so."""
    return " ".join(_slip(word, dice) if len(word) > 3 and dice.chance(0.35) else word for word in title.split(" "))


def _slip(word: str, dice: Dice) -> str:
    at = 1 + dice.below(len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
