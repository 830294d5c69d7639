"""Texts in several languages, and those that hold a person's contact details, which are not read."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from graph.readers.iati.terms import Value, quoted
from graph.readers.iati.xml import Element
from ontology.validation import data_shapes

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST = 100_000
"""Characters of one text. A longer one is no text that anybody wrote for readers."""

_TAG = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")

Narrative = tuple[str, str]
"""A text and its language."""


def narratives(elements: Iterable[Element], language: str) -> list[Narrative]:
    """The texts of some elements: their narratives, or their own text as version 1 has it. Empty ones are left out."""
    found = []
    for element in elements:
        own = element.get(XML_LANG)
        spoken = tag(own, language) if own else language
        if len(element):
            for child in element:
                if child.tag == "narrative" and child.text and (text := child.text.strip()):
                    lang = child.get(XML_LANG)
                    found.append((text, tag(lang, spoken) if lang else spoken))
        elif element.text and (text := element.text.strip()):
            found.append((text, spoken))
    return found


def one_line(text: str) -> str:
    """The text without line breaks and double spaces."""
    return " ".join(text.split())


@lru_cache(maxsize=1_000)
def tag(lang: str, otherwise: str) -> str:
    """A language as RDF takes it: `EN` and `pt_BR` -> `en`, `pt-br`; what is none gives `otherwise`."""
    plain = lang.strip().lower().replace("_", "-")
    return plain if _TAG.fullmatch(plain) else otherwise


def literal(narrative: Narrative) -> Value:
    """The literal of a text; a language that is empty leaves it without one."""
    text, lang = narrative
    return f"{quoted(text)}@{lang}" if lang else quoted(text)


def withheld(text: str) -> str | None:
    """Why a text is not taken, or None. The text itself is not for the log."""
    if len(text) > LONGEST:
        return f"a text of at most {LONGEST} characters"
    if not _suspect(text) or _free_of_contact(text):
        return None
    return "a text without e-mail address and telephone number"


def is_person(name: str) -> bool:
    """Whether a name begins with a form of address, by the shape for actors."""
    return not _pattern("ActorName")[0].search(name)


def _suspect(text: str) -> bool:
    """Whether it holds what stands in every text that the shapes refuse: a cheap look before the dear one."""
    if "@" in text or "+" in text:
        return True
    low = text.lower()
    return "tel" in low or "phone" in low or "fax" in low or "mobile" in low or "cell" in low


def _free_of_contact(text: str) -> bool:
    return all(pattern.search(text) for pattern in _pattern("Text"))


@cache
def _pattern(shape: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that a shape lays upon texts: the reader refuses exactly what the shapes would."""
    shapes = data_shapes()
    named = URIRef(f"https://w3id.org/concert/shapes#{shape}")
    return tuple(
        _compiled(shapes, rule) for rule in shapes.objects(named, SH.property) if shapes.value(rule, SH.pattern)
    )


def _compiled(shapes: Graph, rule: Node) -> re.Pattern[str]:
    flags = re.IGNORECASE if "i" in str(shapes.value(rule, SH.flags) or "") else re.NOFLAG
    return re.compile(str(shapes.value(rule, SH.pattern)), flags)
