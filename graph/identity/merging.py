"""Which ids are one actor: identifiers that agree and judgements that stand, put together without contradiction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from graph.identity.comparison import Profile, kinds_conflict
from graph.identity.judgements import Judgement, Pair, number, ordered, standing

MOST = 20
"""Actors that may carry one identifier; what more carry is no identifier but a word for a sort of actors."""


@dataclass(frozen=True)
class Contradiction:
    """Two actors that something says are one and something else forbids to be."""

    first: str
    second: str
    said: str


@dataclass(frozen=True)
class Merging:
    """What is merged in one world.

    kept      id -> the id that stays, of every id that gives way to another
    members   kept id -> every id of that actor, the kept one among them, in order
    because   pair -> what joined the two: an identifier or a judgement
    rejected  pairs of ids that a judgement says are two
    """

    kept: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    because: Mapping[Pair, str]
    rejected: frozenset[Pair]
    contradictions: tuple[Contradiction, ...]


def merge(profiles: Iterable[Profile], judgements: Iterable[Judgement]) -> Merging:
    """Put together what is one among the actors `profiles` of a world; a judgement on others says nothing here.

    Names never join by themselves. Of two judgements on one pair the later one counts. What joins is taken in this
    order: judgements from the last to the first, then identifiers; what would bring two actors together that were
    judged different is left out and told. So no id of a dataset that a reader may not see has a part in the answer.
    """
    known = {profile.id: profile for profile in profiles}
    judged = [one for pair, one in standing(judgements).items() if known.keys() >= set(pair)]
    apart = {one.pair: one for one in judged if one.decision == "different"}
    groups = _Groups(apart)
    told: list[Contradiction] = []
    because: dict[Pair, str] = {}
    for one in sorted(judged, key=lambda each: -number(each.id)):
        if one.decision == "same":
            _join(groups, one.pair, f"{one.id} says that they are the same", because, told)
    for pair, said in _identified(known, told):
        refused = _unlike(known[pair[0]], known[pair[1]])
        if pair in because:
            continue
        if refused:
            told.append(Contradiction(*pair, f"{said}, but {refused}"))
        else:
            _join(groups, pair, said, because, told)
    members = {keep(group): tuple(sorted(group)) for group in groups.joined()}
    return Merging(
        kept={id_: kept for kept, group in sorted(members.items()) for id_ in group if id_ != kept},
        members=dict(sorted(members.items())),
        because=dict(sorted(because.items())),
        rejected=frozenset(apart),
        contradictions=tuple(sorted(told, key=lambda each: (each.first, each.second, each.said))),
    )


def keep(group: Iterable[str]) -> str:
    """The id that stays: one without a dataset's prefix before others, else the first in alphabetical order."""
    return min(group, key=lambda id_: ("." in id_.partition("/")[2], id_))


class _Groups:
    """Ids put together, while the pairs `apart` stay apart."""

    def __init__(self, apart: Mapping[Pair, Judgement]) -> None:
        self._apart = apart
        self._others: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._others[one].add(other)
            self._others[other].add(one)
        self._group: dict[str, set[str]] = {}

    def join(self, pair: Pair) -> Judgement | None:
        """Put the groups of two ids together; or give the judgement that forbids it."""
        one, other = (self._group.setdefault(id_, {id_}) for id_ in pair)
        if one is other:
            return None
        for id_ in sorted(one):
            for enemy in sorted(self._others[id_] & other):
                return self._apart[ordered(id_, enemy)]
        one |= other
        for id_ in other:
            self._group[id_] = one
        return None

    def joined(self) -> Iterator[set[str]]:
        """The groups of more than one id."""
        for id_, group in sorted(self._group.items()):
            if len(group) > 1 and id_ == min(group):
                yield group


def _join(groups: _Groups, pair: Pair, said: str, because: dict[Pair, str], told: list[Contradiction]) -> None:
    forbids = groups.join(pair)
    if forbids is None:
        because[pair] = said
    else:
        first, second = forbids.pair
        told.append(Contradiction(*pair, f"{said}, but {forbids.id} says that {first} and {second} are two"))


def _identified(known: Mapping[str, Profile], told: list[Contradiction]) -> Iterator[tuple[Pair, str]]:
    """Pairs that carry one identifier, in order."""
    carriers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_ in sorted(known):
        for scheme, values in known[id_].identifiers.items():
            for value in values:
                carriers[scheme, value].append(id_)
    for (scheme, value), ids in sorted(carriers.items()):
        if len(ids) > MOST:
            told.append(Contradiction(ids[0], ids[-1], f"{len(ids)} actors carry {scheme} {value}: it tells nobody"))
            continue
        for one, other in combinations(ids, 2):
            yield (one, other), f"both carry {scheme} {value}"


def _unlike(one: Profile, other: Profile) -> str | None:
    """What speaks against two actors with one identifier being one."""
    if kinds_conflict(one.kind, other.kind):
        return f"one is a {one.kind}, the other a {other.kind}".replace("con:", "")
    if one.id in other.part_of or other.id in one.part_of:
        return "one is a part of the other"
    return None
