"""Candidates for one actor: which records may be the same body, and which one a name may mean."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.identity.comparison import Profile, Term, compare, spellings, weights
from graph.identity.identifiers import comparable
from graph.identity.names import fold, is_generic, is_of_a_state, read, skeleton
from graph.tables.world import World

QUERY = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
COUNTRIES = """
select distinct name.id, name.name
from name
join place on place.id = name.id
where place.class = 'con:Country'
order by all
"""
FEW = 1000
"""In a world of fewer actors a word's rarity says little; it is weighed as if there were this many."""
LONGEST_COUNTRY = 8
"""Words that the name of a country has at the most."""
GENERIC = 0.35
"""What a word like "organisation" weighs, against a word of the same rarity that names somebody."""


@dataclass(frozen=True)
class Candidate:
    """Two actors that may be one, with the score from 0 to 1 and what it is made of. `first` < `second`."""

    first: str
    second: str
    score: float
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Match:
    """An actor that a name may mean, with the score from 0 to 1 and what it is made of."""

    actor: str
    score: float
    terms: tuple[Term, ...]


class Index:
    """The actors of one world, to be found by what they are called. Keep it as long as the world's key stays."""

    def __init__(self, profiles: Iterable[Profile], countries: Iterable[tuple[str, str]] = ()) -> None:
        """`countries` are (id, name) of every country, to see which one a name mentions."""
        self._countries = {" ".join(read(name).words): place for place, name in countries}
        self.profiles = tuple(self._placed(one) for one in sorted(profiles, key=lambda one: one.id))
        self._words = Counter(
            word for one in self.profiles for word in {word for name in one.names for word in name.words}
        )
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, profile in enumerate(self.profiles):
            for key in _keys(profile):
                self._holders[key].append(number)
        self.weigh = lru_cache(maxsize=200_000)(self._weigh)

    def sharing(self, acronym: str) -> int:
        """How many actors could be meant by an acronym: those that state it and those whose initials it is."""
        return len(self._holders.get(f"a {acronym}", ()))

    def near(self, profile: Profile) -> list[int]:
        """Numbers of the profiles that share the rarest words with this one, at most `compared` of them."""
        limits = weights()["limits"]
        found = [(len(self._holders[key]), key) for key in _keys(profile) if key in self._holders]
        votes: defaultdict[int, float] = defaultdict(float)
        for count, key in sorted(found):
            if count <= limits["common"] or not votes:
                told = math.log((len(self.profiles) + FEW) / count)
                for number in self._holders[key][: limits["common"]]:
                    votes[number] += told
        best = heapq.nsmallest(limits["compared"], votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return [number for number, _ in best]

    def compared(self, profile: Profile, other: Profile) -> tuple[float, tuple[Term, ...]]:
        """Score and terms of two profiles."""
        score, terms = compare(profile, other, self.weigh, self.sharing)
        return round(score, 4), tuple(terms)

    def profile(
        self, name: str, country: str | None, kind: str | None, identifiers: Iterable[tuple[str, str]]
    ) -> Profile:
        """What a name tells by itself, read as the names here are."""
        countries = [country] if country else []
        return self._placed(
            make_profile("", [(name, "label")], identifiers=identifiers, countries=countries, kind=kind)
        )

    def _placed(self, profile: Profile) -> Profile:
        """The profile with each country in a name as one word, whatever it is called there, and told apart."""
        mentioned: set[str] = set()
        names = []
        for name in profile.names:
            words, places = self._read_countries(name.words)
            mentioned |= places
            if not places:
                names.append(name)
            elif name.text in profile.texts or not all(word in places for word in words):
                names.append(replace(name, words=words))
        acronyms = frozenset(each for each in profile.acronyms if each not in self._countries)
        return replace(profile, names=tuple(names), acronyms=acronyms, places=frozenset(mentioned))

    def _read_countries(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], set[str]]:
        found: list[str] = []
        places: set[str] = set()
        start = 0
        while start < len(words):
            for end in range(min(start + LONGEST_COUNTRY, len(words)), start, -1):
                place = self._countries.get(" ".join(words[start:end]))
                if place:
                    found.append(place)
                    places.add(place)
                    start = end
                    break
            else:
                found.append(words[start])
                start += 1
        named = [word for word in found if word not in places]
        if places and all(is_of_a_state(word) for word in named):
            return tuple(word for word in found if word in places), places
        return tuple(found), places

    def _weigh(self, word: str) -> float:
        told = math.log((len(self.profiles) + FEW) / (self._words[word] + 1))
        return told * GENERIC if is_generic(word) else told


def make_profile(
    id: str,
    names: Iterable[tuple[str, str]],
    *,
    identifiers: Iterable[tuple[str, str]] = (),
    countries: Iterable[str] | None = None,
    kind: str | None = None,
    part_of: Iterable[str] | None = None,
) -> Profile:
    """A profile of what a source gives: `names` are (text, use), use being label, acronym or alias."""
    given = tuple(names)
    texts = tuple(text for text, use in given if use != "acronym") or tuple(text for text, _ in given)
    read_ = spellings(texts)
    acronyms = {fold(text).replace(" ", "") for text, use in given if use == "acronym"}
    return Profile(
        id=id,
        names=read_,
        texts=frozenset(name.text for name in map(read, texts)),
        called=frozenset(name.compact for name in read_ if len(name.words) == 1),
        acronyms=frozenset(acronyms.union(*(name.acronyms for name in read_))),
        identifiers=comparable(identifiers),
        countries=frozenset(countries or ()),
        kind=kind,
        part_of=frozenset(part_of or ()),
        initials=frozenset(i for name in read_ for i in name.initials if len(i) >= 3),
    )


def make_index(world: World) -> Index:
    """The index over every actor that a reader sees. 50,000 actors take seconds: keep it by `world.key`."""
    profiles = [_profile(row) for row in world.rows(QUERY)]
    return Index(profiles, [(row["id"], row["name"]) for row in world.rows(COUNTRIES)])


def match(
    index: Index,
    name: str,
    *,
    country: str | None = None,
    kind: str | None = None,
    identifiers: Iterable[tuple[str, str]] = (),
    limit: int = 5,
    threshold: float | None = None,
) -> list[Match]:
    """The actors that `name` may mean, best first; none scores less than `threshold`, the shipped one by default.

    country      short id of the country that it is known to work from
    kind         its class, such as con:Agency
    identifiers  (scheme, value) of those that came with it, such as ("iati-organisation", "XM-DAC-41128")
    Several may score alike: what is to choose by itself should take the first only where it stands alone.
    """
    least = weights()["threshold"] if threshold is None else threshold
    asked = index.profile(name, country, kind, identifiers)
    found = []
    for number in index.near(asked):
        profile = index.profiles[number]
        score, terms = index.compared(asked, profile)
        if score >= least:
            found.append((-sum(term.points for term in terms), profile.id, Match(profile.id, score, terms)))
    return [match_ for _, _, match_ in sorted(found, key=lambda each: each[:2])[:limit]]


def candidates(
    index: Index,
    merged: Mapping[str, str] | None = None,
    rejected: Collection[tuple[str, str]] = (),
    threshold: float | None = None,
) -> list[Candidate]:
    """Pairs that may be one actor and that nobody has judged yet, best first.

    merged    id -> kept id: what is one already is not proposed again, nor is a pair of two merged ones twice
    rejected  pairs that a person said are two
    """
    return unjudged(alike(index, threshold), merged or {}, rejected)


def alike(index: Index, threshold: float | None = None) -> list[Candidate]:
    """Every pair of actors that scores `threshold`, best first; this is the long part, and judgements don't change it.

    Every actor is compared with at most `compared` others, and stands in at most `kept` pairs with later ones.
    """
    least = weights()["threshold"] if threshold is None else threshold
    every: list[Candidate] = []
    for number, profile in enumerate(index.profiles):
        found = []
        for other in index.near(profile):
            if other > number:
                second = index.profiles[other]
                score, terms = index.compared(profile, second)
                if score >= least:
                    found.append(Candidate(profile.id, second.id, score, terms))
        every += heapq.nsmallest(weights()["limits"]["kept"], found, key=_order)
    return sorted(every, key=_order)


def unjudged(
    found: Iterable[Candidate], merged: Mapping[str, str], rejected: Collection[tuple[str, str]]
) -> list[Candidate]:
    """Those of the pairs, in their order, that are neither merged nor rejected, each by the ids that stay, once."""
    seen = {_kept_pair(merged, one, other) for one, other in rejected}
    left = []
    for candidate in found:
        pair = _kept_pair(merged, candidate.first, candidate.second)
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            left.append(Candidate(*pair, candidate.score, candidate.terms))
    return left


def _order(candidate: Candidate) -> tuple[float, float, str, str]:
    points = sum(term.points for term in candidate.terms)
    return (-candidate.score, -points, candidate.first, candidate.second)


def _kept_pair(merged: Mapping[str, str], one: str, other: str) -> tuple[str, str]:
    first, second = merged.get(one, one), merged.get(other, other)
    return (first, second) if first <= second else (second, first)


def _keys(profile: Profile) -> set[str]:
    """What an actor is found by: identifiers, acronyms or initials, words by their skeleton, whole names."""
    keys = {f"i {scheme} {value}" for scheme, values in profile.identifiers.items() for value in values}
    keys |= {f"a {acronym}" for acronym in profile.acronyms | profile.initials | profile.called}
    for name in profile.names:
        keys |= {f"w {skeleton(word)}" for word in name.words}
        keys.add(f"c {name.compact}")
        keys.add(f"n {' '.join(sorted(name.words))}")
    return keys


def _profile(row: dict[str, Any]) -> Profile:
    return make_profile(
        row["id"],
        [(each["text"], each["use"]) for each in row["names"] or ()],
        identifiers=[(each["scheme"], each["value"]) for each in row["identifiers"] or ()],
        countries=row["countries"],
        kind=row["class"],
        part_of=row["part_of"],
    )
