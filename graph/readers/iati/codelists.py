"""A code list of IATI or the DAC into claims, so that the codes which activities carry have names."""

from collections.abc import Iterator
from pathlib import Path

from graph.readers import Frame, Log, Triples
from graph.readers.iati.codes import LISTS
from graph.readers.iati.ids import escaped
from graph.readers.iati.reading import Reading
from graph.readers.iati.terms import (
    BROADER,
    CONCEPT,
    DEFINITION,
    IN_SCHEME,
    LABEL,
    NOTATION,
    SCHEME,
    TITLE,
    TYPE,
    quoted,
    triples,
)
from graph.readers.iati.text import literal, narratives, one_line, withheld
from graph.readers.iati.values import Refused
from graph.readers.iati.xml import Element, attribute, elements

ITEM = "codelist-item"


def read_codelist(file: Path, frame: Frame, log: Log) -> Triples:
    """The codes of one list with their names, definitions and wider codes, at the address that each has on the web."""
    log.taken.setdefault(ITEM, 0)
    scheme = None
    with Reading(file, frame, log) as reading:
        for element in elements(file, "codelist", ITEM):
            above = next(element.iterancestors("codelist"))
            if scheme is None:
                scheme = attribute(above, "name")
                node = f"<{LISTS}{escaped(scheme)}/>"
                yield from triples(f"{node} {TYPE} {SCHEME} .\n{node} {TITLE} {quoted(scheme)}@en .\n")
            try:
                yield from triples("".join(_code(element, scheme, attribute(above, "category-codelist"), reading)))
                reading.take(ITEM)
            except Refused as refused:
                reading.refuse(element, refused, scheme)


def _code(element: Element, scheme: str, wider: str, reading: Reading) -> Iterator[str]:
    parts = {str(child.tag): child for child in element}
    code = (element.findtext("code") or "").strip()
    names = narratives([parts["name"]], reading.frame.language) if "name" in parts else []
    if not code or not names:
        raise Refused("code" if not code else "name", code, "a code with a name")
    node = f"<{LISTS}{escaped(scheme)}/{escaped(code)}/>"
    yield f"{node} {TYPE} {CONCEPT} .\n"
    yield f"{node} {IN_SCHEME} <{LISTS}{escaped(scheme)}/> .\n"
    yield f"{node} {NOTATION} {quoted(code)} .\n"
    for text, lang in names:
        yield f"{node} {LABEL} {literal((one_line(text), lang))} .\n"
    about = narratives([parts["description"]], reading.frame.language) if "description" in parts else []
    for text, lang in about:
        if not withheld(text):
            yield f"{node} {DEFINITION} {literal((text, lang))} .\n"
    above = (element.findtext("category") or "").strip()
    if above and wider:
        yield f"{node} {BROADER} <{LISTS}{escaped(wider)}/{escaped(above)}/> .\n"
