"""Judgements: what people decide about two records, as values and as claims."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from graph.errors import InvalidParameter
from graph.readers.layout import NAMESPACES, iri
from graph.readers.tables.people import personal
from ontology.namespaces import ID, long, short
from ontology.vocabulary import codes

JOURNAL = "journal"
"""The name of the dataset that judgements make."""
SOURCE = f"source/dataset-{JOURNAL}"
KINDS = {
    "same": ("actor",),
    "different": ("actor", "programme"),
    "one-effort": ("programme",),
    "duplicating": ("programme",),
    "not-duplicating": ("programme",),
    "coordinated": ("programme",),
}
"""Decision -> the kinds of things that it can be about."""
LONGEST = 2000
"""Characters of a reason."""

_TOKEN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_THING = re.compile(r"[a-z][a-z-]*/\S{1,300}")
_XSD = "http://www.w3.org/2001/XMLSchema#"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Withdrawal:
    """That a judgement was taken back: under which token, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Judgement:
    """One decision on two things of one kind; `first` < `second`, both short ids.

    id        judgement/<number>, counted up in the journal
    decision  same, different, one-effort, duplicating, not-duplicating or coordinated
    by        the name of the token that it was entered under, never of a person
    withdrawn set where it was taken back
    """

    id: str
    first: str
    second: str
    decision: str
    by: str
    at: datetime
    reason: str
    withdrawn: Withdrawal | None = None

    @property
    def kind(self) -> str:
        """What the two are: actor or programme."""
        return self.first.partition("/")[0]

    @property
    def pair(self) -> Pair:
        """The two things, in the order of their ids."""
        return (self.first, self.second)


def ordered(one: str, other: str) -> Pair:
    """The two ids in the order in which a pair is always written."""
    return (one, other) if one <= other else (other, one)


def check(first: str, second: str, decision: str, by: str, reason: str) -> None:
    """Raise InvalidParameter, naming the parameter, when a judgement can't be entered like this."""
    for parameter, thing in (("first", first), ("second", second)):
        if not _THING.fullmatch(thing):
            raise InvalidParameter(
                f"{thing[:80]!r} is no id", parameter=parameter, given=thing[:80], expected="such as actor/unodc"
            )
    kind, other = first.partition("/")[0], second.partition("/")[0]
    if first == second or kind != other:
        raise InvalidParameter(
            "a judgement is about two things of one kind",
            parameter="second",
            given=second,
            expected=f"another {kind} than {first}",
        )
    if decision not in KINDS:
        raise InvalidParameter(
            f"there is no decision {decision[:40]!r}",
            parameter="decision",
            given=decision[:40],
            expected="one of " + ", ".join(codes("decision")),
        )
    if kind not in KINDS[decision]:
        fitting = [name for name, kinds in KINDS.items() if kind in kinds]
        raise InvalidParameter(
            f"{decision} is a decision about {' or '.join(KINDS[decision])}s, not about {kind}s",
            parameter="decision",
            given=decision,
            expected=" or ".join(fitting) or "two actors or two programmes",
        )
    check_words(by, reason)


def check_words(by: str, reason: str) -> None:
    """Raise InvalidParameter when `by` is no token's name, or `reason` says nothing or reaches a person."""
    if not _TOKEN.fullmatch(by):
        raise InvalidParameter(
            "a judgement is entered under the name of a token",
            parameter="by",
            given=by[:80],
            expected="up to 64 lower-case letters, digits, dots, hyphens and underscores",
        )
    wanted = "a reason in words" if not reason.strip() else personal(reason)
    if wanted is None and len(reason) > LONGEST:
        wanted = f"at most {LONGEST} characters"
    if wanted is None and _CONTROL.search(reason):
        wanted = "text without control characters"
    if wanted:
        raise InvalidParameter("the reason can't be kept", parameter="reason", expected=wanted)


def claims(judgement: Judgement) -> list[ox.Triple]:
    """The judgement as claims, with its withdrawal where it has one."""
    me = ox.NamedNode(long(judgement.id))
    stated: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("rdf:type", _node(iri("con:Judgement"))),
        ("con:judges", _node(long(judgement.first))),
        ("con:judges", _node(long(judgement.second))),
        ("con:decision", _node(f"{ID}decision/{judgement.decision}")),
        ("con:judgedBy", ox.Literal(judgement.by)),
        ("con:judgedAt", _moment(judgement.at)),
        ("con:statedOn", ox.Literal(judgement.at.date().isoformat(), datatype=_node(f"{_XSD}date"))),
        ("dct:description", ox.Literal(judgement.reason)),
        ("con:source", _node(f"{ID}{SOURCE}")),
    ]
    if judgement.withdrawn:
        stated += [
            ("con:withdrawnBy", ox.Literal(judgement.withdrawn.by)),
            ("con:withdrawnAt", _moment(judgement.withdrawn.at)),
            ("con:withdrawnFor", ox.Literal(judgement.withdrawn.reason)),
        ]
    return [ox.Triple(me, _node(iri(predicate)), value) for predicate, value in stated]


def read_claims(triples: Iterable[ox.Triple]) -> Iterator[Judgement]:
    """The judgements that the claims make, by number. Raises KeyError or ValueError where one lacks something."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        subject, value = triple.subject, triple.object
        assert isinstance(subject, ox.NamedNode)
        assert not isinstance(value, (ox.Triple, ox.BlankNode))
        stated = found.setdefault(short(subject.value), {})
        stated.setdefault(_short(triple.predicate.value), []).append(value.value)
    for id_ in sorted(found, key=number):
        stated = found[id_]
        first, second = sorted(short(thing) for thing in stated["con:judges"])
        withdrawn = None
        if "con:withdrawnAt" in stated:
            (by,), (at,), (reason,) = (stated[f"con:withdrawn{name}"] for name in ("By", "At", "For"))
            withdrawn = Withdrawal(by, datetime.fromisoformat(at), reason)
        (decision,), (by,), (at,), (reason,) = (
            stated[name] for name in ("con:decision", "con:judgedBy", "con:judgedAt", "dct:description")
        )
        decided = short(decision).partition("/")[2]
        yield Judgement(id_, first, second, decided, by, datetime.fromisoformat(at), reason, withdrawn)


def number(id: str) -> int:
    """The number in judgement/<number>."""
    return int(id.partition("/")[2])


def standing(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """The judgement that holds for each pair: the last one that nobody took back."""
    kept = sorted((one for one in judgements if one.withdrawn is None), key=lambda one: number(one.id))
    return {one.pair: one for one in kept}


def _short(predicate: str) -> str:
    for prefix, namespace in NAMESPACES.items():
        if predicate.startswith(namespace):
            return f"{prefix}:{predicate.removeprefix(namespace)}"
    return predicate


def _node(iri_: str) -> ox.NamedNode:
    return ox.NamedNode(iri_)


def _moment(at: datetime) -> ox.Literal:
    return ox.Literal(at.isoformat(), datatype=_node(f"{_XSD}dateTime"))
