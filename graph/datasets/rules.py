"""Rules that a query can decide: who may break one is judged by pySHACL, nobody else.

A rule catches at least all that break the constraint it was read from; it may catch more.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

ALIKE = re.compile(
    r"(?:[\w:/, @=;#~-]|\\[.]|\[\^?[\w:/., +-]+\]|\((?!\?)|[)|^$]|(?:[*+?]|\{\d+(?:,\d*)?\})(?![*+?{]))*",
    re.ASCII,
)
"""Patterns that DuckDB's engine reads as Python's does, which pySHACL uses."""


@dataclass(frozen=True)
class Target:
    """Which subjects a rule is for: of a class or with a property; all of them where `everything`."""

    classes: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    everything: bool = False


@dataclass(frozen=True)
class Pattern:
    """A value matches `text`, a regular expression; `alike` where DuckDB reads it as Python does."""

    text: str
    flags: int = 0

    @property
    def alike(self) -> bool:
        return not self.flags and ALIKE.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Datatype:
    """A value is a literal of this datatype, in a form that fits it."""

    iri: str


@dataclass(frozen=True)
class Instance:
    """A value is an instance of a class."""

    of: str


@dataclass(frozen=True)
class OneOf:
    """A value is one of these IRIs."""

    iris: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """A value is a number within the bounds, both of them included."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Every:
    """All of these hold."""

    tests: tuple["Test", ...]


@dataclass(frozen=True)
class Some:
    """One of these holds at least."""

    tests: tuple["Test", ...]


Test = Pattern | Datatype | Instance | OneOf | Between | Every | Some


@dataclass(frozen=True)
class Rule:
    """A constraint on what the subjects of `target` state by any of the properties `paths`."""

    target: Target
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judge(Rule):
    """Nothing is known of `why`: every subject of the target has to be judged."""

    why: str = ""


@dataclass(frozen=True)
class Found(Rule):
    """The query `screen/<query>.sql` finds who is a target, and each of them has to be judged."""

    query: str = ""


@dataclass(frozen=True)
class Values(Rule):
    """Each value passes a test."""

    test: Test = field(default_factory=lambda: Every(()))


@dataclass(frozen=True)
class Present(Rule):
    """There are `count` different values at least."""

    count: int = 1


@dataclass(frozen=True)
class Most(Rule):
    """There are `count` different values at most."""

    count: int = 0


@dataclass(frozen=True)
class OneALanguage(Rule):
    """No two values are in one language."""


@dataclass(frozen=True)
class Apart(Rule):
    """No value is also one of the property `other`."""

    other: str = ""


@dataclass(frozen=True)
class NotAbove(Rule):
    """No value is above one of the property `other`."""

    other: str = ""


@dataclass(frozen=True)
class Reaches(Rule):
    """From a value, over `step` as often as needed, one comes to `end`; without a step it is the end itself."""

    step: str = ""
    end: str = ""


def steps(rules: Iterable[Rule]) -> frozenset[str]:
    """The properties that a rule follows beyond a subject's own values."""
    return frozenset(rule.step for rule in rules if isinstance(rule, Reaches) and rule.step)
