"""Which activities are about trafficking, and what their words say: `scope.yml` as a filter."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InvalidData
from graph.readers.iati.codes import akin, meant
from graph.readers.iati.terms import Node
from ontology.namespaces import ID

FILE = Path(__file__).with_name("scope.yml")
START = 4
"""Letters that a word of a title begins with, which are looked at first."""

_STARTS = re.compile(rf"\b\w{{{START}}}")
_NOTHING: frozenset[str] = frozenset()
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2019\xa0", "----' ")


class Scope:
    """One filter, and the words by which codes are told.

    everything  whether all activities are in scope
    Raises InvalidData for an option that is neither `all`, `trafficking` nor keys of `scope.yml`.
    """

    def __init__(self, option: object) -> None:
        raw = dict(_shipped())
        if isinstance(option, Mapping) and option.keys() <= raw.keys():
            raw |= option
        elif option not in ("all", "trafficking"):
            raise InvalidData(
                f"there is no scope {option!r}", given=str(option), expected="all, trafficking, or keys of " + FILE.name
            )
        self.everything = option == "all"
        self._sectors = tuple(str(code) for code in raw["sectors"])
        self._wide = frozenset(str(code) for code in raw["wide"])
        self._wide_markers = {str(code): int(least) for code, least in raw["wide_markers"].items()}
        self._goals = frozenset(str(goal) for goal in raw["goals"])
        self._markers = {str(code): (rule["significance"], rule["target"]) for code, rule in raw["markers"].items()}
        self._words = {kind: _pattern(stems) for kind, stems in raw["words"].items()}
        self._starts = frozenset(stem.casefold()[:START] for stems in raw["words"].values() for stem in stems)
        self._any = _pattern(stem for stems in raw["words"].values() for stem in stems)
        self._confirm = {code: _pattern(stems) for code, stems in raw["confirm"].items()}

    def said(self, titles: Iterable[str]) -> frozenset[str]:
        """The domains, or `any`, that words of the titles name."""
        plain = _plain(titles)
        if self._starts.isdisjoint(_STARTS.findall(plain)) or not self._any.search(plain):
            return _NOTHING
        return frozenset(kind for kind, pattern in self._words.items() if pattern.search(plain))

    def filed(self, codes: Iterable[str]) -> bool:
        """Whether one of these DAC codes is about trafficking."""
        return any(code.startswith(self._sectors) for code in codes)

    def aims(self, goals: Iterable[str]) -> bool:
        """Whether one of these SDG targets is about trafficking."""
        return not self._goals.isdisjoint(goals)

    def wide(self, codes: Iterable[str]) -> bool:
        """Whether one of these DAC codes is about trafficking in activities with a marker of it."""
        return any(code[:5] in self._wide for code in codes)

    def marked(self, markers: Mapping[str, int]) -> bool:
        """Whether the policy markers (code -> significance) of an activity are such ones."""
        return any(markers.get(code, 0) >= least for code, least in self._wide_markers.items())

    def codes(self, said: frozenset[str], sectors: Iterable[Node], texts: Iterable[str]) -> set[Node]:
        """The domains, responses and targets of an activity.

        Its title's words name them, a sector always means them, or a sector means them in some records and the
        words of this one confirm it.
        """
        found = {f"<{ID}domain/{domain}>" for domain in said if domain != "any"}
        doubtful: set[Node] = set()
        for sector in sectors:
            found.update(meant(sector))
            doubtful.update(akin(sector))
        if doubtful:
            plain = _plain(texts)
            for code in doubtful - found:
                pattern = self._confirm.get(code[1:-1].removeprefix(ID))
                if pattern and pattern.search(plain):
                    found.add(code)
        return found

    def targets(self, markers: Mapping[str, int]) -> set[Node]:
        """The target groups that policy markers (code -> significance) name."""
        return {
            f"<{ID}target/{target}>" for code, (least, target) in self._markers.items() if markers.get(code, 0) >= least
        }


def _plain(texts: Iterable[str]) -> str:
    folded = "\n".join(texts).casefold()
    return folded if folded.isascii() else folded.translate(_DASHES)


def _pattern(stems: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted((re.escape(stem.casefold()) for stem in stems), key=len)
    return re.compile(r"\b(?:" + "|".join(ordered) + ")")


@cache
def _shipped() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return raw
