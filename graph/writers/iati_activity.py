"""One programme as an activity of IATI 2.03, its elements in the order of the schema."""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from graph.readers.iati.ids import unescaped
from graph.tables.engine import Row
from graph.writers.network import ILLEGAL
from graph.writers.periods import bounds
from ontology.namespaces import CON as TERMS
from ontology.namespaces import long

Element = etree._Element

CON = str(TERMS)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ROLES = {"role/funding": "1", "role/accountable": "2", "role/extending": "3", "role/implementing": "4"}
STATUSES = {
    "status/proposed": "1",
    "status/active": "2",
    "status/ended": "3",
    "status/cancelled": "5",
    "status/suspended": "6",
}
TYPES = {
    "con:State": "10",
    "con:Agency": "10",
    "con:InternationalOrganisation": "40",
    "con:Foundation": "60",
    "con:Company": "70",
}
"""The codes of OrganisationType that say no more than the class does."""

OTHER_TYPE = "90"
OVER = ("status/ended", "status/cancelled")
YEAR = 366
"""Days that the period of a budget may have at most."""


def activity(record: Row, lacking: Sequence[str] = ()) -> Element:
    """The element of a programme as `queries/record.sql` gives it; a `con:activity` where elements are `lacking`."""
    element = etree.Element(_con("activity") if lacking else "iati-activity", nsmap={"con": CON})
    language = next((name["lang"] for name in record["names"] if name["use"] == "label"), None) or "en"
    element.set(XML_LANG, language)
    element.set("linked-data-uri", long(record["id"]))
    if record["currency"]:
        element.set("default-currency", record["currency"])
    if lacking:
        element.set(_con("missing"), " ".join(lacking))
    _sub(element, "iati-identifier").text = identifier(record["id"], record["dataset"], record["identifier"])
    _reporting(element, record)
    _texts(element, record, language)
    parties = [party for party in record["parties"] if party["actor"]]
    for party in parties:
        if party["role"] in ROLES:
            _party(_sub(element, "participating-org", role=ROLES[party["role"]]), party)
    _status(element, record)
    _dates(element, record)
    _places(element, record["places"])
    _codes(element, record)
    apart = _budget(element, record)
    if record["parent"]:
        parent = identifier(record["parent"], record["parent_dataset"], record["parent_identifier"])
        _sub(element, "related-activity", ref=parent, type="1")
    for party in parties:
        if party["role"] not in ROLES:
            _party(_sub(element, _con("participating-org"), role=_slug(party["role"])), party)
    if apart:
        _sub(element, _con("budget"), currency=record["currency"]).text = apart
    active = bounds(record)[2]
    if active:
        _sub(element, _con("active-on"), **{"iso-date": active})
    for source in record["sources"]:
        _source(element, source)
    return element


def identifier(id_: str, dataset: str | None, stated: str | None) -> str:
    """The identifier of the activity: the one that is stated, else one under the dataset, never in another's name."""
    return stated or f"{_reporter(dataset)}-{unescaped(_slug(id_))}".translate(str.maketrans("/&|?", "----"))


def _reporter(dataset: str | None) -> str:
    return f"concert-{dataset or 'elsewhere'}"


def _reporting(element: Element, record: Row) -> None:
    """Who reports: whose record it is, where IATI has an identifier for them, else the dataset. We pass it on."""
    if record["identifier"] and record["reporter_iati"]:
        type_ = TYPES.get(record["reporter_class"], OTHER_TYPE)
        by = _sub(element, "reporting-org", ref=record["reporter_iati"], type=type_)
        name = record["reporter_label"]
    else:
        by = _sub(element, "reporting-org", ref=_reporter(record["dataset"]), type=OTHER_TYPE)
        name = f"Concert dataset {record['dataset']}"
    by.set("secondary-reporter", "1")
    _narrative(by, name)


def _texts(element: Element, record: Row, language: str) -> None:
    title = _sub(element, "title")
    _narrative(title, record["label"])
    for name in record["names"]:
        if name["use"] != "acronym" and name["name"] != record["label"]:
            _narrative(title, name["name"], name["lang"] if name["lang"] != language else "")
    description = _sub(element, "description")
    if not record["description"]:
        description.set(_con("implied"), "title")
    _narrative(description, record["description"] or record["label"])


def _party(element: Element, party: Row) -> None:
    ref = party["iati"] or (f"XM-DAC-{party['crs']}" if party["crs"] else "")
    if ref:
        element.set("ref", ref)
    if party["class"] in TYPES:
        element.set("type", TYPES[party["class"]])
    element.set(_con("id"), party["actor"])
    if party["class"]:
        element.set(_con("class"), party["class"].removeprefix("con:"))
    for name, value in zip(("starts", "ends", "active-on"), bounds(party), strict=True):
        if value:
            element.set(_con(name), value)
    _narrative(element, party["label"])


def _status(element: Element, record: Row) -> None:
    if record["status"] in STATUSES:
        _sub(element, "activity-status", code=STATUSES[record["status"]])
    elif record["status"]:
        _sub(element, _con("activity-status"), code=_slug(record["status"]))


def _dates(element: Element, record: Row) -> None:
    """Start and end: planned where the status says that they lie ahead, actual otherwise. IATI takes days only."""
    status, told = record["status"], bounds(record)
    types = ("1" if status == "status/proposed" else "2", "4" if status in OVER else "3")
    for type_, day, text in zip(types, (record["starts"], record["ends"]), told[:2], strict=True):
        if day is not None:
            one = _sub(element, "activity-date", type=type_, **{"iso-date": str(day)})
            if text != str(day):
                one.set(_con("date"), text)


def _places(element: Element, places: Sequence[Row]) -> None:
    """Countries and regions with shares that make a hundred, and locations. Shares that nobody states are even.

    IATI wants a country or region of every activity: where only a location is known, the country that it lies in is
    written and marked as implied, and where it lies in none, it is a region of our own list.
    """
    spots = [place for place in places if place["class"] != "con:Country" and place["countries"]]
    stated = [place for place in places if place not in spots]
    implied = [] if stated else _around(spots)
    recipients = [*stated, *implied]
    countries = [place for place in recipients if place["iso2"]]
    regions = [place for place in recipients if not place["iso2"]]
    shares = _shares(len(recipients))
    # Shares make a hundred within a vocabulary, so all regions of an activity are told in the same one.
    common = all(place.get("m49") for place in regions)
    for place, share in zip([*countries, *regions], shares, strict=True):
        if place["iso2"]:
            told = {"code": place["iso2"]}
        elif common:
            told = {"code": place["m49"], "vocabulary": "2"}
        else:
            told = {"code": _slug(place["id"]), "vocabulary": "99", "vocabulary-uri": long("place/")}
        one = _sub(element, "recipient-country" if place["iso2"] else "recipient-region", **told, **share)
        if place in implied:
            one.set(_con("implied"), "location")
        _narrative(one, place["label"])
    for place in spots:
        _location(element, place)


def _around(spots: Sequence[Row]) -> list[Row]:
    found = {country["id"]: country for place in spots for country in place["countries"]}
    return [found[id_] for id_ in sorted(found)]


def _location(element: Element, place: Row) -> None:
    location = _sub(element, "location", **{_con("place"): place["id"]})
    if place["geonames"]:
        _sub(location, "location-id", vocabulary="G1", code=place["geonames"])
    _narrative(_sub(location, "name"), place["label"])
    if place["latitude"] is not None and place["longitude"] is not None:
        point = _sub(location, "point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
        _sub(point, "pos").text = f"{place['latitude']} {place['longitude']}"
    feature = {"con:City": "PPL", "con:AdministrativeDivision": "ADM1"}.get(place["class"])
    if feature:
        _sub(location, "feature-designation", code=feature)


def _codes(element: Element, record: Row) -> None:
    """Responses and domains as sectors of two vocabularies of ours, each with shares of its own; targets as tags."""
    for vocabulary, kind, ids in (("99", "response", record["responses"]), ("98", "domain", record["domains"])):
        for id_, share in zip(ids, _shares(len(ids)), strict=True):
            uri = {"vocabulary": vocabulary, "vocabulary-uri": long(f"scheme/{kind}")}
            _sub(element, "sector", code=_slug(id_), **uri, **share)
    for id_ in record["targets"]:
        _sub(element, "tag", code=_slug(id_), vocabulary="99", **{"vocabulary-uri": long("scheme/target")})


def _budget(element: Element, record: Row) -> str:
    """State the budget where its period is known and no longer than a year, which is all that IATI takes.

    Returns the sum that is to be told apart from the standard, empty where there is none.
    """
    starts, ends = record["starts"], record["ends"]
    if record["budget"] is None or not record["currency"]:
        return ""
    amount = format(Decimal(str(record["budget"])).normalize(), "f")
    if starts is None or ends is None or not 0 <= (ends - starts).days <= YEAR:
        return amount
    budget = _sub(element, "budget", type="1", status="1")
    _sub(budget, "period-start", **{"iso-date": str(starts)})
    _sub(budget, "period-end", **{"iso-date": str(ends)})
    _sub(budget, "value", **{"currency": record["currency"], "value-date": str(starts)}).text = amount
    return ""


def _source(element: Element, source: Row) -> None:
    """What a claim of the activity rests on."""
    found = _sub(element, _con("source"), claim=source["claim"], dataset=source["dataset"])
    known = {"document": source["source"], "url": source["url"], "locators": "; ".join(source["locators"])}
    known |= {"confidence": source["confidence"], "stated-on": source["stated_on"], "publisher": source["publisher"]}
    for name, value in known.items():
        if value:
            found.set(name, ILLEGAL.sub("", value))
    found.text = ILLEGAL.sub("", source["document"] or "")


def _shares(count: int) -> list[dict[str, str]]:
    """Even shares as attributes that make a hundred exactly, the first taking what rounding leaves; none for one."""
    if count < 2:
        return [{}] * count
    even = (Decimal(100) / count).quantize(Decimal("0.01"))
    first = 100 - even * (count - 1)
    return [{"percentage": str(share), _con("share"): "even"} for share in (first, *[even] * (count - 1))]


def _narrative(element: Element, text: str, language: str = "") -> None:
    narrative = _sub(element, "narrative")
    narrative.text = ILLEGAL.sub("", text)
    if language:
        narrative.set(XML_LANG, language)


def _sub(element: Element, tag: str, **attributes: str) -> Element:
    found = etree.SubElement(element, tag)
    for name, value in attributes.items():
        found.set(name, ILLEGAL.sub("", value))
    return found


def _con(name: str) -> str:
    return f"{{{CON}}}{name}"


def _slug(id_: str) -> str:
    return id_.partition("/")[2]
