"""The organisations that a file names: one of the used datasets where it can be told, else one of its own."""

import re

from graph.readers.iati import own
from graph.readers.iati.codes import CLASSES
from graph.readers.iati.ids import escaped
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import (
    ALIAS,
    CRS_CHANNEL,
    IATI_ORGANISATION,
    LABEL,
    NOTATION,
    OF_STATE,
    Node,
    last,
    quoted,
    term,
)
from graph.readers.iati.text import Narrative, is_person, literal, narratives, one_line, withheld
from graph.readers.iati.values import Nothing, Refused
from graph.readers.iati.xml import Element, attribute
from graph.readers.sheets import slug

_IATI = re.compile(r"[A-Z0-9]{2,}-[^ ]+")
_CHANNEL = re.compile(r"[0-9]{5}")
_XM_DAC = re.compile(r"XM-DAC-([0-9]{5})")
_OF_A_STATE = re.compile(
    r"(ministr|ministè|min\.|govern|gouvern|gobiern|regierung|nation|federal|police|polic[ií]a|polizei|customs|douane|aduana"
    r"|parliament|supreme court|министер|правител|полици|тамож)",
    re.IGNORECASE,
)
"""How names begin that every State has a bearer of: such a one is told by its country as well."""
KEPT = 100_000
"""Organisations whose nodes are kept at hand; when there are more they are found anew."""


class Actors:
    """The organisations of one file."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[tuple[str, str, str, str, Node | None], Node] = {}

    def actor(self, element: Element, language: str, stated: Stated) -> Node:
        """The organisation that an element names by `ref` or name. What is not stated of it yet is stated now.

        Raises Refused when it names a person, Nothing when it names none.
        """
        text = (element[0].text if len(element) else element.text) or "".join(str(part) for part in element.itertext())
        ref = attribute(element, "ref")
        state = stated.country if not ref and _OF_A_STATE.match(text.strip()) else None
        kind, slug_ = own.named(element)
        key = (ref, slug_, text, language, state)
        node = self._found.get(key)
        if node is None:
            names = narratives((element,), language)
            named = (one_line(names[0][0]), names[0][1]) if names else None
            if not ref and not named:
                raise Nothing("", "", "a ref or a name")
            if named and unfit(named[0]):
                raise Refused("", "(withheld)", "the name of a body, without contact details")
            type_ = attribute(element, "type")
            listed = [named] if named else []
            if kind == "actor" and slug_:
                node = self._ours(slug_, own.class_of(element), ref, listed, stated)
            else:
                known = self.known(ref) or self.known(named[0] if named else "")
                node = known or self.state(ref, listed, type_, stated)
            if len(self._found) >= KEPT:
                self._found.clear()
            self._found[key] = node
        return node

    def _ours(self, slug_: str, class_: str, ref: str, names: list[Narrative], stated: Stated) -> Node:
        """The organisation that Concert names by its id: its bearers of equal names stay apart."""
        found = self._reading.frame.known.get(("actor", slug_))
        if found:
            return f"<{found}>"
        return self.state(ref, names, "", stated, slug_=slug_, class_=class_)

    def known(self, text: str) -> Node | None:
        """The organisation of a used dataset that an identifier or a name tells; XM-DAC-41128 is CRS channel 41128."""
        if not text:
            return None
        lookup = self._reading.frame.lookup
        channel = _XM_DAC.fullmatch(text)
        found = lookup("actor", text) or (lookup("actor", channel[1]) if channel else None)
        return f"<{found}>" if found else None

    def state(
        self, ref: str, names: list[Narrative], type_: str, stated: Stated, *, slug_: str = "", class_: str = ""
    ) -> Node:
        """An organisation of this file's own: its class, identifier and name at first, each other name as an alias."""
        short = escaped(ref) if ref else slug(names[0][0]) or escaped(names[0][0])
        state = stated.country if not ref and not slug_ and _OF_A_STATE.match(names[0][0]) else None
        if slug_:
            short = escaped(slug_)
        if state is not None:
            short += "--" + last(state)
        node = self._reading.own("actor", short)
        first = self._reading.seen.first
        if first("actor", short):
            stated.claim(node, term(f"con:{class_ or CLASSES.get(type_, 'Organisation')}"))
            scheme = CRS_CHANNEL if _CHANNEL.fullmatch(ref) else IATI_ORGANISATION if _IATI.fullmatch(ref) else None
            if scheme:
                stated.add(node, NOTATION, f"{quoted(ref)}^^{scheme}")
            label = names[0] if names else (ref, "")
            stated.add(node, LABEL, literal(label))
            first("name", f"{short} {label[0]}")
            if state is not None:
                stated.add(node, OF_STATE, state)
        for name in names:
            if first("name", f"{short} {name[0]}"):
                stated.add(node, ALIAS, literal(name))
        return node


def unfit(name: str) -> bool:
    """Whether a name is that of a person, or holds contact details."""
    return withheld(name) is not None or is_person(name)
