"""How much speaks for two records being one actor, term by term."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import JaroWinkler, Levenshtein

from graph.identity.names import Name, are_contrary, is_generic, parts, read, skeleton

WEIGHTS = Path(__file__).with_name("actors.yml")
ALIKE = 0.9
"""Jaro-Winkler similarity from which two words may be one word misspelt."""
LONG = 12
"""Words from which a name is rather a description that begins with one."""
COUNTRY = "place/"
"""How a word begins that stands for a country."""
BEGINS = 0.9
"""How alike a name and a description that begins with it are."""

Weigh = Callable[[str], float]


@dataclass(frozen=True)
class Term:
    """One thing that was compared: what it is, its points in bits of evidence, and what was seen."""

    name: str
    points: float
    seen: str


@dataclass(frozen=True)
class Profile:
    """What is known of an actor, or of a name that somebody gives.

    names        in any language, also those that stand inside others
    texts        the names that a source gives, as they are
    acronyms     those that a source states as such, folded
    identifiers  scheme -> values, in the form in which they are compared
    countries    short ids of the countries that it is of or seated in
    kind         its class: con:Agency …
    part_of      short ids of what it is part of, however far out
    places       countries that its names mention
    initials     of its names, three letters and more
    called       its names of one word, which may be the acronym of another record
    """

    id: str
    names: tuple[Name, ...]
    texts: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    kind: str | None = None
    part_of: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()


@cache
def weights() -> dict[str, Any]:
    """The points and limits of actors.yml."""
    loaded: dict[str, Any] = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))
    return loaded


def compare(one: Profile, other: Profile, weigh: Weigh, sharing: Callable[[str], int]) -> tuple[float, list[Term]]:
    """The score from 0 to 1 and its terms, the same whichever comes first.

    weigh    how much a word tells, larger for rarer ones
    sharing  how many actors could be meant by an acronym
    """
    terms = [
        term
        for term in (
            _identifier(one, other),
            _acronym(one, other, sharing),
            *_name(one, other, weigh),
            _place(one, other),
            _country(one, other),
            _kind(one, other),
            _part(one, other),
        )
        if term is not None
    ]
    bits = weights()["prior"] + sum(term.points for term in terms)
    return 1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits))), terms


def similarity(one: Name, other: Name, weigh: Weigh) -> float:
    """How alike two names are, from 0 to 1: twice the weight of the words that they share over that of all words.

    Words in another order count the same; a misspelt word counts for as much as it is alike.
    """
    if one.compact == other.compact:
        return 1.0
    return max(_shared(one.words, other.words, weigh), _together(one, other))


def _shared(one: tuple[str, ...], other: tuple[str, ...], weigh: Weigh) -> float:
    mine, theirs = sum(map(weigh, one)), sum(map(weigh, other))
    left, right, shared = [], list(other), 0.0
    for word in one:
        if word in right:
            right.remove(word)
            shared += weigh(word)
        else:
            left.append(word)
    for word in left:
        alike, found = max(((_alike(word, each), each) for each in right), default=(0.0, ""))
        if alike:
            right.remove(found)
            shared += alike * (weigh(word) + weigh(found)) / 2
    return 2 * shared / (mine + theirs)


def _alike(word: str, other: str) -> float:
    if len(word) < 4 or len(other) < 4 or word.isdigit() or other.isdigit():
        return 0.0
    if skeleton(word) == skeleton(other):
        return 0.95
    alike = JaroWinkler.similarity(word, other, score_cutoff=ALIKE)
    return alike if word[0] == other[0] else 0.0


def _together(one: Name, other: Name) -> float:
    """Names written together or apart, or with a slip: "Action Aid" and "ActionAid"."""
    if min(len(one.compact), len(other.compact)) < 6:
        return 0.0
    return Levenshtein.normalized_similarity(one.compact, other.compact, score_cutoff=0.9)


def _identifier(one: Profile, other: Profile) -> Term | None:
    both = sorted(one.identifiers.keys() & other.identifiers.keys())
    for scheme in both:
        same = one.identifiers[scheme] & other.identifiers[scheme]
        if same:
            return Term("identifier", weights()["identifier"]["same"], f"the same {scheme}: {min(same)}")
    if both:
        seen = " and ".join(sorted(min(each.identifiers[both[0]]) for each in (one, other)))
        return Term("identifier", weights()["identifier"]["different"], f"another {both[0]}: {seen}")
    return None


def _acronym(one: Profile, other: Profile, sharing: Callable[[str], int]) -> Term | None:
    points = weights()["acronym"]
    same = (one.acronyms & (other.acronyms | other.called)) | (other.acronyms & one.called)
    made = (one.acronyms & other.initials) | (other.acronyms & one.initials)
    for level, found in (("same", same), ("initials", made)):
        if found:
            text, count = min((-len(word), sharing(word), word) for word in found)[2], 0
            count = max(1, sharing(text))
            off = points["shared"] * (count.bit_length() - 1)
            seen = f"{text.upper()} is the acronym of both" if level == "same" else f"{text.upper()} are the initials"
            told = f"{seen}; {count} actors here could be meant" if count > 1 else seen
            return Term("acronym", max(0.0, points[level] - off), told)
    if one.acronyms and other.acronyms:
        seen = " and ".join(sorted(min(each.acronyms).upper() for each in (one, other)))
        return Term("acronym", points["different"], f"{seen} differ")
    return None


def _name(one: Profile, other: Profile, weigh: Weigh) -> list[Term]:
    """The two names that are most alike, one of each, and what sets them against one another."""
    best, found = -1.0, None
    known = one.acronyms | other.acronyms
    for mine in one.names:
        for theirs in other.names:
            left, right = _without(mine, known), _without(theirs, known)
            if not left.words or not right.words or not (_tells(left, mine) and _tells(right, theirs)):
                continue
            alike = similarity(left, right, weigh)
            if alike < 1:
                alike = max(alike, _begins(left, right), _begins(right, left))
            if alike > best:
                best, found = alike, (left, right)
    if found is None:
        return []
    text = " and ".join(repr(name.text) for name in sorted(found, key=lambda each: each.text))
    terms = [Term("name", round(_between(best), 2), f"{best:.2f} alike: {text}")]
    against = are_contrary(found[0].words, found[1].words)
    if against:
        terms.append(Term("contrary", weights()["contrary"], " against ".join(sorted(against))))
    return terms


def _without(name: Name, acronyms: frozenset[str]) -> Name:
    """The name without the acronyms that are compared by themselves."""
    kept = tuple(word for word in name.words if word not in acronyms)
    return name if len(kept) == len(name.words) else Name(name.text, kept, "".join(kept), name.acronyms, name.initials)


def _tells(left: Name, whole: Name) -> bool:
    """Whether what is left of a name besides its acronym still says who it is: "VSF International" does not."""
    if left is whole:
        return len(left.words) > 1 or not is_generic(left.words[0])
    return not all(is_generic(word) or word.startswith(COUNTRY) for word in left.words)


def _begins(long: Name, short: Name) -> float:
    """A long text that begins with a name is mostly a description of who bears it."""
    if len(long.words) < LONG or len("".join(short.words)) < 6:
        return 0.0
    return BEGINS if long.words[: len(short.words)] == short.words else 0.0


def _between(alike: float) -> float:
    lines: list[list[float]] = weights()["name"]
    for (low, before), (high, after) in pairwise(lines):
        if alike <= high:
            return before + (after - before) * (alike - low) / (high - low)
    return lines[-1][1]


def _place(one: Profile, other: Profile) -> Term | None:
    points = weights()["place"]
    if not one.places and not other.places:
        return None
    if one.places == other.places:
        return Term("place", points["same"], "both names mention " + ", ".join(sorted(one.places)))
    if one.places and other.places:
        seen = " and ".join(sorted(", ".join(sorted(each.places)) for each in (one, other)))
        return Term("place", points["different"], f"the names mention different countries: {seen}")
    named, silent = (one, other) if one.places else (other, one)
    if _is_acronym_of(silent, named):
        return None
    if silent.countries and named.places <= silent.countries:
        return None
    return Term("place", points["one"], "only one of the names mentions " + ", ".join(sorted(named.places)))


def _is_acronym_of(short: Profile, long: Profile) -> bool:
    """Whether nothing is known but an acronym that covers the country too, as JICA does Japan's."""
    written = {word for name in long.names for word in name.words}
    return bool(short.called & (long.acronyms | long.initials) - written) and len(short.names) == 1


def _country(one: Profile, other: Profile) -> Term | None:
    if not one.countries or not other.countries:
        return None
    same = one.countries & other.countries
    if same:
        return Term("country", weights()["country"]["same"], f"both of {min(same)}")
    seen = " and ".join(sorted(min(each.countries) for each in (one, other)))
    return Term("country", weights()["country"]["different"], f"of {seen}")


def kinds_conflict(one: str | None, other: str | None) -> bool:
    """Whether an actor of one class can't be one of the other: a State, unnamed people and a body are never one."""
    apart = {"con:State", "con:Group"}
    return one is not None and other is not None and one != other and bool(apart & {one, other})


def _kind(one: Profile, other: Profile) -> Term | None:
    if not kinds_conflict(one.kind, other.kind):
        return None
    return Term("kind", weights()["kind"]["different"], " and ".join(sorted((str(one.kind), str(other.kind)))))


def _part(one: Profile, other: Profile) -> Term | None:
    if one.id in other.part_of or other.id in one.part_of:
        return Term("part", weights()["part"], "one is a part of the other")
    return None


def spellings(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """The names in `texts`, each with those that stand inside it, once."""
    return tuple(read(text) for text in dict.fromkeys(part for text in texts for part in (text, *parts(text))))
