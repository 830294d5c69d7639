"""Reconciliation: which actor, place or programme of ours somebody means, with a score and what it rests on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph.tables.world import World
from graph.things.agreement import OTHER, Agreement, likeness
from graph.things.asked import MOST, Constraint, Query
from graph.things.introduction import Introduction, introduce
from graph.things.properties import Plain, Property, plain_values, property_of
from graph.things.spellings import Shelf, Spelling, Spellings, fold
from graph.things.types import ROOTS, Type, type_of, types_of
from ontology.namespaces import short

WEIGHT = 0.25
"""What a property or a type counts for, where the name counts 1 and an identifier 1."""
UNKNOWN = 90.0
"""What a property counts at the most that is not known of the thing: less than one that agrees."""
COMPARED = 60
"""Things of one query whose properties are compared, those with the best names."""
NAMING = ("name", "label", "acronym")
"""Properties that are names: a query without a text is looked up by them."""
BRACKETED = re.compile(r"^([^()]+)\(([^()]+)\)\s*$")
ORDER = {"place": 0, "actor": 1, "programme": 2}
"""Among equals: a State has the name of its place."""

Asked = list[tuple[Property, Constraint]]


@dataclass(frozen=True)
class Text:
    """A name to look for, as it was given and folded, with the likeness that it can give at the most."""

    given: str
    folded: str
    most: float


@dataclass
class Candidate:
    """A thing that may be the one meant.

    likeness    of the nearest of its names to the text, 0 to 100; None where no text was given
    exact       whether one of its names is the text
    identified  whether one of its identifiers is the text
    own_id      whether the text is its id
    of_type     whether it is of one of the types asked for; None where none was
    agreements  whether each property asked for agrees: True, False, or None where that isn't known
    by_identifier  whether an identifier that was given as a property is its
    score       0 to 100
    match       whether it is clearly the one
    """

    id: str
    types: list[Type] = field(default_factory=list)
    likeness: float | None = None
    exact: bool = False
    identified: bool = False
    own_id: bool = False
    of_type: bool | None = None
    agreements: dict[str, bool | None] = field(default_factory=dict)
    by_identifier: bool = False
    score: float = 0.0
    match: bool = False
    introduction: Introduction | None = None

    def features(self) -> dict[str, float | bool]:
        """What the score rests on; what isn't known is left out."""
        told: dict[str, float | bool] = {}
        if self.likeness is not None:
            told["name"] = round(self.likeness, 1)
            told["name_exact"] = self.exact
            told["identifier"] = self.identified or self.own_id
        if self.of_type is not None:
            told["type"] = self.of_type
        return told | {f"property_{name}": fits for name, fits in self.agreements.items() if fits is not None}

    @property
    def contradicted(self) -> bool:
        """Whether anything that was asked for speaks against it."""
        named_otherwise = self.by_identifier and self.likeness is not None and self.likeness < OTHER
        return self.of_type is False or False in self.agreements.values() or named_otherwise

    @property
    def rank(self) -> int:
        """How much decides for it: 2 an identifier that was given as one, 1 its name or identifier, 0 neither."""
        return 2 if self.by_identifier or self.own_id else 1 if self.exact or self.identified else 0


def reconcile(world: World, shelf: Shelf, queries: Mapping[str, Query]) -> dict[str, list[Candidate]]:
    """The candidates of each query, best first, at most as many as it asks for.

    score  (n + Σ w e) / (1 + Σ w): n the likeness of the name; for each property w is `WEIGHT` (1 for an identifier)
           and e is 100 if it agrees, 0 if it disagrees, and the lower of n and `UNKNOWN` if that isn't known;
           a type that it is not of counts as a property that disagrees
    match  True for at most one: the only one whose identifier, or else whose name, is exactly what was asked for,
           and which nothing that was asked for contradicts

    Raises InvalidParameter for a type or property that there is not.
    """
    agreement = Agreement(world, shelf)
    asked = {name: [(property_of(given.pid), given) for given in query.properties] for name, query in queries.items()}
    found = {name: _find(world, shelf, agreement, query, asked[name]) for name, query in queries.items()}
    known = _known(world, asked, found)
    for name, query in queries.items():
        for candidate in found[name]:
            _score(candidate, agreement, asked[name], known)
        found[name].sort(key=lambda one: (-one.score, -one.rank, ORDER[one.id.partition("/")[0]], one.id))
        _decide(found[name])
        found[name] = found[name][: min(query.limit, MOST)]
    told = introduce(world, [candidate.id for candidates in found.values() for candidate in candidates])
    for candidates in found.values():
        for candidate in candidates:
            candidate.introduction = told[candidate.id]
    return found


def _find(world: World, shelf: Shelf, agreement: Agreement, query: Query, asked: Asked) -> list[Candidate]:
    """The things that could be meant: by their names, their identifiers, or identifiers given as properties."""
    types = [type_of(text) for text in query.type if text.strip()]
    texts = list(_texts(query, asked))
    id_ = short(texts[0].given) if texts else ""
    identified = {
        one
        for property_, constraint in asked
        if property_.gives == "identifier"
        for value in constraint.values()
        for one in agreement.identifies(property_, value)
    }
    found: list[Candidate] = []
    for kind in ROOTS.values():
        strict = bool(types) and query.type_strict != "should"
        if strict and kind not in {type_.kind for type_ in types}:
            continue
        spellings = shelf.of(world, kind)
        allowed = spellings.having(lambda own: _allowed(query.type_strict, types, types_of(own))) if strict else None
        near = _near(spellings, texts, allowed)
        for one in (*identified, id_):
            number = spellings.number(one)
            if number is not None and (allowed is None or allowed[number]):
                near[number] = list(spellings.of(number))
        for number, own in near.items():
            candidate = _named(spellings.ids[number], own, texts)
            candidate.by_identifier = candidate.id in identified
            candidate.own_id = candidate.id == id_
            if candidate.rank or (candidate.likeness or 0) >= OTHER:
                candidate.types = types_of(spellings.classes(number))
                if types:
                    names = {type_.id for type_ in candidate.types}
                    candidate.of_type = any(type_.id in names for type_ in types)
                found.append(candidate)
    found.sort(key=lambda one: (-one.rank, -(one.likeness or 0), one.id))
    return found[:COMPARED]


def _near(
    spellings: Spellings, texts: Sequence[Text], allowed: npt.NDArray[np.bool_] | None
) -> dict[int, list[Spelling]]:
    """The things with a spelling near one of the texts, each with those spellings."""
    near: dict[int, list[Spelling]] = {}
    for text in texts:
        for one in spellings.near(text.folded, allowed):
            near.setdefault(one.thing, []).append(one)
    return near


def _texts(query: Query, asked: Asked) -> Iterator[Text]:
    """The names to look for. What stands before brackets is often the name, and what stands in them the acronym."""
    text = (query.query or "").strip()
    if text:
        yield Text(text, fold(text), 100.0)
        if parts := BRACKETED.match(text):
            yield Text(parts[1], fold(parts[1]), 97.0)
            yield Text(parts[2], fold(parts[2]), 90.0)
    if query.query is None:
        for property_, constraint in asked:
            if property_.id in NAMING:
                for value in constraint.values():
                    name = value if isinstance(value, str) else value.name or value.id
                    yield Text(name, fold(name), 100.0)


def _named(id_: str, own: Sequence[Spelling], texts: Sequence[Text]) -> Candidate:
    """A thing with how well its names fit the texts: as the whole does, or its parts do."""
    if not texts:
        return Candidate(id_)
    names = [one.text for one in own if one.is_name]
    alike = [max((likeness(text.folded, name) for name in names), default=0.0) for text in texts]
    both = len(texts) == 3 and alike[1] == alike[2] == 100  # a name, and its acronym in brackets
    best = max(one * text.most / 100 for one, text in zip(alike, texts, strict=True))
    return Candidate(
        id_,
        likeness=100.0 if both else best,
        exact=both or best == 100,
        identified=any(not one.is_name and one.text == texts[0].folded for one in own),
    )


def _allowed(strict: str, types: Sequence[Type], own: Sequence[Type]) -> bool:
    names = {type_.id for type_ in own}
    fits = [type_.id in names for type_ in types]
    return all(fits) if strict == "all" else any(fits)


def _known(
    world: World, asked: Mapping[str, Asked], found: Mapping[str, Sequence[Candidate]]
) -> dict[str, dict[str, list[Plain]]]:
    """The values of every property that is asked for, of every candidate: one query a property."""
    wanted: dict[str, tuple[Property, set[str]]] = {}
    for name, properties in asked.items():
        for property_, _ in properties:
            wanted.setdefault(property_.id, (property_, set()))[1].update(one.id for one in found[name])
    return {name: plain_values(world, property_, sorted(ids)) for name, (property_, ids) in wanted.items() if ids}


def _score(
    candidate: Candidate, agreement: Agreement, asked: Asked, known: Mapping[str, Mapping[str, Sequence[Plain]]]
) -> None:
    named = 100.0 if candidate.identified or candidate.own_id else candidate.likeness
    terms = [] if named is None else [(1.0, named)]
    unknown = UNKNOWN if named is None else min(named, UNKNOWN)
    fits: list[tuple[float, bool | None]] = []
    if candidate.of_type is False:
        fits.append((WEIGHT, False))
    for property_, constraint in asked:
        told = agreement.fits(property_, constraint.values(), known[property_.id][candidate.id], candidate.types)
        if candidate.agreements.get(property_.id) is not False:  # given twice, and one of them disagrees
            candidate.agreements[property_.id] = told
        fits.append((1.0 if property_.gives == "identifier" else WEIGHT, told))
    terms += [(weight, unknown if fit is None else 100.0 * fit) for weight, fit in fits]
    candidate.score = round(sum(weight * value for weight, value in terms) / sum(weight for weight, _ in terms), 1)


def _decide(candidates: Sequence[Candidate]) -> None:
    """Set `match` on the best one if it alone is clearly the one meant."""
    clear = [candidate for candidate in candidates if candidate.rank and not candidate.contradicted]
    if clear:
        best = max(candidate.rank for candidate in clear)
        decided = [candidate for candidate in clear if candidate.rank == best]
        decided[0].match = len(decided) == 1 and decided[0] is candidates[0]
