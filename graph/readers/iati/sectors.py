"""Sectors: codes that all share, and those of an organisation's own."""

import re
from functools import lru_cache

from graph.readers.iati.codes import LISTS
from graph.readers.iati.ids import escaped
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import CONCEPT, LABEL, NOTATION, TYPE, Node, quoted
from graph.readers.iati.text import literal, narratives, one_line, withheld
from graph.readers.iati.values import Nothing, Refused
from graph.readers.iati.xml import Element, attribute

_DAC = re.compile(r"[0-9]{5}(?:[0-9]{2})?")
_CATEGORY = re.compile(r"[0-9]{3}")
_GOAL = re.compile(r"[0-9]{1,2}(?:\.[0-9a-z]{1,2})?")
_VOCABULARIES = {"": "1", "DAC": "1", "DAC-3": "2"}
DAC = frozenset({"", "1", "2", "DAC", "DAC-3"})
GOAL = frozenset({("tag", "3"), ("sector", "8")})
GOALS = "http://metadata.un.org/sdg/"


def dac(element: Element) -> str:
    """The DAC code of a `sector`, of three, five or seven digits; empty for one of another vocabulary."""
    return attribute(element, "code") if (element.get("vocabulary") or "").strip() in DAC else ""


def goal(element: Element) -> str:
    """The SDG target that a `tag` (vocabulary 3) or `sector` (vocabulary 8) names, else empty."""
    vocabulary = element.get("vocabulary")
    if vocabulary is None or vocabulary in DAC or (element.tag, vocabulary.strip()) not in GOAL:
        return ""
    return attribute(element, "code")


@lru_cache(maxsize=10_000)
def shared(vocabulary: str, code: str) -> Node | None:
    """The node of a code that all share: DAC sectors at the address of their page, SDG goals at that of the UN.

    None for another vocabulary. Raises Refused for a code that the vocabulary can't have.
    """
    vocabulary = _VOCABULARIES.get(vocabulary, vocabulary)
    if not code:
        return None
    if vocabulary == "1":
        if not _DAC.fullmatch(code):
            raise Refused("@code", code, "a DAC code of five or seven digits")
        return f"<{LISTS}Sector/{code}/>"
    if vocabulary == "2":
        if not _CATEGORY.fullmatch(code):
            raise Refused("@code", code, "a DAC category of three digits")
        return f"<{LISTS}SectorCategory/{code}/>"
    return f"<{GOALS}{code}>" if vocabulary in ("7", "8") and _GOAL.fullmatch(code) else None


class Sectors:
    """The sectors of one file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def sector(self, element: Element, reporter: str, stated: Stated) -> Node:
        """The node of a sector. One of a vocabulary of its own is described as a concept.

        reporter  the ref of the reporting organisation: its own codes are told apart from those of another.
        Raises Refused, and Nothing where there is neither code nor name.
        """
        vocabulary, code = attribute(element, "vocabulary"), attribute(element, "code")
        common = shared(vocabulary, code)
        if common is not None:
            return common
        names = [name for name in narratives((element,), self._reading.frame.language) if not withheld(name[0])]
        if not code and not names:
            raise Nothing("@code", "", "a code or a name")
        mine = f"{reporter}-{vocabulary}" if vocabulary in ("98", "99", "RO") else vocabulary
        short = escaped(f"{mine}-{code or names[0][0]}")
        node = self._reading.own("sector", short)
        if self._reading.seen.first("sector", short):
            stated.add(node, TYPE, CONCEPT)
            stated.add(node, NOTATION, quoted(code or names[0][0]))
            for text, lang in names:
                stated.add(node, LABEL, literal((one_line(text), lang)))
        return node
