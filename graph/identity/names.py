"""Names as they are compared: in any script, without accents, with the words of several languages made one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii

WORDS = Path(__file__).with_suffix(".yml")
LONGEST = 300
"""Characters of a name that are read; what is longer is a description put into the wrong column."""

_SINGLE_LETTERS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_ELISION = re.compile(r"\b[dl]'(?=[a-z])")
_PREFIX = re.compile(r"(?<=\bco)-(?=[a-z])")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SIDES = re.compile(r"\s+[-–—]\s+|\s*[*|]\s*|(?<=\S)/(?=\S{2})|\s+/\s+|:\s+")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][\w&.+'-]*[^\W_](?![^\W_])")


@dataclass(frozen=True)
class Name:
    """One name, read once.

    text      as the source gives it, at most `LONGEST` characters
    words     what it is made of, in order: folded, spelled out, in one language, without articles
    compact   the folded text without spaces, for names that are written together or apart
    acronyms  the words in capitals, folded: "IOM" in "International Organization for Migration (IOM)"
    initials  the first letters of its words, with and without the small ones
    """

    text: str
    words: tuple[str, ...]
    compact: str
    acronyms: frozenset[str]
    initials: frozenset[str]


def fold(text: str) -> str:
    """Lower-case ASCII words with single spaces, of a text in any script: "Łódź – АКН" becomes "lodz akn"."""
    plain = anyascii(unicodedata.normalize("NFKC", text)).lower()
    plain = _PREFIX.sub("", _ELISION.sub(" ", plain))
    plain = _SINGLE_LETTERS.sub(lambda found: found.group().replace(".", ""), plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("`", "")))


@lru_cache(maxsize=500_000)
def read(text: str) -> Name:
    """Take a name apart."""
    text = " ".join(text.split())[:LONGEST]
    folded = fold(text)
    plain = folded.split()
    words = tuple(one for word in plain for one in _spelled(word))
    kept = tuple(word for word in words if word not in _lists()["dropped"]) or words
    first = "".join(word[0] for word in plain)
    short = "".join(word[0] for word in plain if word not in _lists()["dropped"])
    own = short[2:] if words[:2] == ("united", "nation") else ""  # the World Food Programme of the United Nations
    initials = {letters for letters in (first, short, own) if len(letters) >= 2}
    return Name(text, kept, folded.replace(" ", ""), _acronyms(text), frozenset(initials))


@lru_cache(maxsize=500_000)
def parts(text: str) -> tuple[str, ...]:
    """The names that stand inside one text: what brackets hold and what is left, each side of a dash, bar or slash.

    "ILO/International Labour Organization" holds two names; a text without such a mark holds none but itself.
    """
    text = " ".join(text.split())[:LONGEST]
    inside = [one or other for one, other in _BRACKETS.findall(text)]
    outside = _BRACKETS.sub(" ", text)
    found = [outside, *inside, *_SIDES.split(outside)]
    told = dict.fromkeys(" ".join(part.split()).strip(" ,;-–") for part in found)
    return tuple(part for part in told if part and part != text and any(letter.isalpha() for letter in part))


@lru_cache(maxsize=500_000)
def skeleton(word: str) -> str:
    """What is left of a word when scripts and spellings differ: its first letter and its consonants, each once.

    "Mustaqbal" and "Mustakbal", "Jubbaland" and "Jubaland" have the same; words of up to three letters stay whole.
    """
    if len(word) <= 3 or word.isdigit():
        return word
    word = word.replace("ph", "f").replace("kh", "h").replace("q", "k").replace("ck", "k").replace("c", "k")
    word = word.replace("z", "s").replace("w", "v").replace("y", "i").replace("j", "i")
    rest = re.sub(r"[aeiou]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", word[0] + rest)


def is_generic(word: str) -> bool:
    """Whether so many organisations carry the word that it tells little."""
    return word in _lists()["generic"]


def are_contrary(words: Iterable[str], others: Iterable[str]) -> tuple[str, str] | None:
    """A word of the ones that rules out a word of the others: local and national, north and south."""
    lines, one, other = _lists()["contrary"], frozenset(words), frozenset(others)
    for word in sorted(one - other):
        for against in sorted(other - one):
            if word in lines and lines[word] == lines.get(against):
                return word, against
    return None


def is_of_a_state(word: str) -> bool:
    """Whether the word joins the name of a country to that of its State: government, republic, kingdom …"""
    return word in _lists()["state"]


def _acronyms(text: str) -> frozenset[str]:
    """Words of 2 to 10 letters that are mostly capitals, unless the whole text is written so."""
    capitals = [word for word in _WORD.findall(text) if sum(map(str.isupper, word)) * 2 > len(word)]
    if _shouts(text, capitals):
        return frozenset()
    words = _lists()["spelled_out"].keys() | _lists()["dropped"]
    folded = {fold(word).replace(" ", "") for word in capitals if 2 <= len(word) <= 10}
    return frozenset(word for word in folded - words if len(word) > 1)


def _shouts(text: str, capitals: list[str]) -> bool:
    """Whether capitals mean nothing here: "WORLD FOOD PROGRAMME" is a name, "USAID OFDA" two acronyms."""
    if len(capitals) < 2 or len(capitals) < len(text.split()):
        return False
    return len(capitals) > 2 or len(max(capitals, key=len)) > 6


@lru_cache(maxsize=500_000)
def _spelled(word: str) -> tuple[str, ...]:
    lists = _lists()
    word = lists["spelled_out"].get(word, word)
    if " " in word:
        return tuple(word.split())
    for length in range(len(word), 2, -1):
        if word[:length] in lists["stems"]:
            return tuple(lists["stems"][word[:length]].split())
    return (word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word,)


@cache
def _lists() -> dict[str, Any]:
    raw = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    stems = {stem: word for word, given in raw["stems"].items() for stem in (*given, *word.split()[:1])}
    return {
        "dropped": frozenset(word for line in raw["dropped"] for word in line.split()),
        "state": frozenset(word for line in raw["state"] for word in line.split()),
        "contrary": {word: line for line in raw["contrary"] for word in line.split()},
        "generic": frozenset(word for line in raw["generic"] for word in line.split()),
        "spelled_out": raw["spelled_out"],
        "stems": {stem: word for stem, word in stems.items() if len(stem) > 2},
    }
