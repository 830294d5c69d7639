"""Identifiers of actors in the form in which they are compared."""

import re
from collections import defaultdict
from collections.abc import Iterable

_CHANNEL = re.compile(r"XM-DAC-(\d{5})")
_EMPTY = re.compile(r"|\W*(0+|N/?A|NONE|NULL|UNKNOWN|X+|9{4,})\W*")
_FORMS = {
    "crs-channel": re.compile(r"\d{5}(?<!000)"),
    "iati-organisation": re.compile(r"[A-Z]{2,3}-[A-Z][A-Z_]*-\S+|XM-\S+-\S+"),
    "wikidata": re.compile(r"Q\d+"),
}
"""What an identifier of a scheme looks like when it tells one body."""


def comparable(identifiers: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Scheme -> values, of (scheme, value) pairs as the sources give them; what says nothing is left out.

    In IATI, XM-DAC-41128 is channel 41128 of the CRS. A channel that ends in three noughts, such as 21000 for
    international NGOs, is a group of bodies. An IATI identifier begins with a register of org-id.guide; a
    name or number without one tells who wrote it, not who is meant. Sources: the IATI standard's guidance on
    organisation identifiers; the OECD's list of CRS channels.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for given, value in identifiers:
        scheme, text = given, " ".join(value.split()).upper()
        channel = _CHANNEL.fullmatch(text)
        if channel:
            scheme, text = "crs-channel", channel[1]
        if _EMPTY.fullmatch(text) or (scheme in _FORMS and not _FORMS[scheme].fullmatch(text)):
            continue
        found[scheme].add(text)
    return {scheme: frozenset(values) for scheme, values in sorted(found.items())}
