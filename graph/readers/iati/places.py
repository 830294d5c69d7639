"""Where an activity happens: countries and regions of the reference data, and locations of its own."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from graph.readers.iati import own
from graph.readers.iati.reading import Reading
from graph.readers.iati.stated import Stated
from graph.readers.iati.terms import (
    GEONAMES,
    LABEL,
    LATITUDE,
    LONGITUDE,
    NOTATION,
    WITHIN,
    Node,
    term,
    typed,
)
from graph.readers.iati.text import literal, narratives, one_line, withheld
from graph.readers.iati.values import Refused, decimal
from graph.readers.iati.xml import Element, attribute

REGIONS = Path(__file__).with_name("regions.yml")
_GEONAMES = re.compile(r"[1-9][0-9]*")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_LIMITS = (90, 180)
FEATURES = {"PPL": "City", "ADM": "AdministrativeDivision"}
"""The class of a place by how the GeoNames code of its feature begins."""


class Places:
    """The places that one file speaks of."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[tuple[str, str], tuple[Node, ...]] = {}

    def country(self, element: Element) -> tuple[Node, ...]:
        """The country of a `recipient-country`. Raises Refused for a code that the reference data does not have."""
        code = attribute(element, "code")
        found = self._lookup("", code)
        if not found:
            raise Refused("@code", code, "the ISO 3166-1 code of a country in the reference data")
        return found

    def region(self, element: Element) -> tuple[Node, ...]:
        """The places of a `recipient-region`; none for a code that means no place. Raises Refused."""
        code, vocabulary = attribute(element, "code"), attribute(element, "vocabulary") or "1"
        if vocabulary == "1":
            if code not in _regions():
                raise Refused("@code", code, "the code of a region in the list of the DAC")
            slugs = _regions()[code]
            places = [place for slug in slugs for place in self._lookup("", slug)]
            if len(places) < len(slugs):
                raise Refused("@code", code, "a region that the reference data has")
            return tuple(places)
        name = " ".join(text for text, _ in narratives((element,), ""))
        found = self._lookup("", code.zfill(3)) if vocabulary == "2" else self._lookup("", name)
        if attribute(element, "vocabulary-uri") == own.PLACES:
            found = self._lookup("", code)
        if not found:
            raise Refused(
                "@code",
                code or name,
                "a region of the DAC (vocabulary 1), of M49 (2), or named as in the reference data",
            )
        return found

    def location(self, element: Element, slug: str, countries: list[Node], stated: Stated) -> Node:
        """The place of a `location`: one of the reference data by its GeoNames id, else one of its own. Raises Refused.

        slug       what a place without a GeoNames id is minted under
        countries  those of the activity; it lies within it when there is just one and it names none itself
        """
        geonames, administrative, class_ = _described(element)
        kind, ours = own.named(element, "place")
        iri = self._reading.frame.known.get((kind, ours))
        if iri and kind == "place":
            return f"<{iri}>"
        known = self._lookup("geonames", geonames) if geonames else ()
        if known:
            return known[0]
        names = narratives((child for child in element if child.tag == "name"), self._reading.frame.language)
        if not names:
            raise Refused("name", "", "a name, or the GeoNames id of a place in the reference data")
        if withheld(names[0][0]):
            raise Refused("name", "(withheld)", "a name without contact details")
        point = _point(element)
        slug = f"geonames-{geonames}" if geonames else slug
        node = self._reading.own("place", slug)
        if geonames and not self._reading.seen.first("place", slug):
            return node
        stated.claim(node, term(f"con:{class_}"))
        stated.add(node, LABEL, literal((one_line(names[0][0]), names[0][1])))
        if geonames:
            stated.add(node, NOTATION, typed(geonames, GEONAMES))
        if point:
            stated.add(node, LATITUDE, decimal(point[0]))
            stated.add(node, LONGITUDE, decimal(point[1]))
        container = self._lookup("", administrative) if administrative else ()
        for place in container or (countries if len(countries) == 1 else ()):
            stated.add(node, WITHIN, place)
        return node

    def _lookup(self, scheme: str, text: str) -> tuple[Node, ...]:
        if (scheme, text) not in self._found:
            if len(self._found) > 100_000:
                self._found.clear()
            iri = self._reading.frame.known.get(("place", text.lower()))
            iri = iri if iri and not scheme else self._reading.frame.lookup("place", text) if text else None
            self._found[scheme, text] = (f"<{iri}>",) if iri else ()
        return self._found[scheme, text]


def _described(element: Element) -> tuple[str, str, str]:
    """The GeoNames id of a location, the code of its country, and the class of place that its feature is."""
    geonames = country = ""
    class_ = "Area"
    for child in element:
        code = attribute(child, "code")
        if child.tag == "location-id" and attribute(child, "vocabulary") == "G1":
            geonames = code
        elif child.tag == "gazetteer-entry" and attribute(child, "gazetteer-ref") in ("GEO", "G1"):
            geonames = code or (child.text or "").strip()
        elif child.tag == "administrative":
            country = attribute(child, "country") or country
        elif child.tag in ("location-type", "feature-designation"):
            class_ = (
                "City" if code.startswith("PPL") else "AdministrativeDivision" if code.startswith("ADM") else "Area"
            )
    return geonames if _GEONAMES.fullmatch(geonames) else "", country, class_


def _point(element: Element) -> tuple[str, str] | None:
    """Latitude and longitude, None where there are none. Raises Refused for what is no point on earth."""
    given = None
    for child in element:
        if child.tag == "coordinates":
            given = [attribute(child, "latitude"), attribute(child, "longitude")]
        elif child.tag == "point":
            given = (child.findtext("pos") or "").split()
    if not given or not any(given):
        return None
    fits = len(given) == 2 and all(_DEGREES.fullmatch(text) for text in given)
    if not fits or any(abs(Decimal(text)) > limit for text, limit in zip(given, _LIMITS, strict=True)):
        raise Refused("point", " ".join(given), "a latitude and a longitude in degrees")
    return given[0], given[1]


@cache
def _regions() -> dict[str, list[str]]:
    raw: dict[str, list[str]] = yaml.safe_load(REGIONS.read_text(encoding="utf-8"))
    return raw
