"""IATI 2.03: whatever goes out as an activity keeps the rules, and what breaks them is told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from graph.library import Library
from graph.writers.iati import merged, missing
from graph.writers.iati_activity import activity
from graph.writers.iati_rules import ORDER, broken

CON = "{https://w3id.org/concert/ns#}"
WHOLE = {
    "id": "p",
    "name": "Effort",
    "status": "active",
    "starts": "2001",
    "places": "tj;kz;dushanbe;central-asia",
    "domains": "drugs;arms",
    "responses": "training;research;awareness",
    "targets": "police",
}
TAKING = {"actor": "unodc", "programme": "p", "role": "implementing"}


@pytest.fixture
def activities(
    receiver: Library, dataset: Callable[..., Path], write: Callable[..., Any]
) -> Callable[..., list[etree._Element]]:
    """The activities of a world with one programme and those who take part in it."""

    def made(programme: dict[str, str], *taking: dict[str, str]) -> list[etree._Element]:
        sheets = {"programmes": [programme]} | ({"participations": list(taking)} if taking else {})
        receiver.load(dataset(sheets, uses=["reference"]))
        return list(etree.parse(write(receiver, "iati", None, frozenset({"reference", "tiny"}))[0]).getroot())

    return made


def test_a_programme_of_which_all_is_known_keeps_the_rules(activities: Callable[..., Any]) -> None:
    whole = activities(WHOLE, TAKING, TAKING | {"actor": "iom", "role": "host"})[0]
    assert whole.tag == "iati-activity"
    assert broken(whole) == []
    shares = [whole.xpath("recipient-country/@percentage|recipient-region/@percentage")]
    shares += [whole.xpath(f"sector[@vocabulary={vocabulary}]/@percentage") for vocabulary in (98, 99)]
    assert shares == [["33.34", "33.33", "33.33"], ["50.00", "50.00"], ["33.34", "33.33", "33.33"]]
    assert [each.get("role") for each in whole.findall(f"{CON}participating-org")] == ["host"]
    assert whole.xpath("location/@con:place", namespaces={"con": CON[1:-1]}) == ["place/dushanbe"]
    assert whole.findall(f"{CON}source")


def test_places_without_a_code_and_budgets_of_years_keep_the_rules() -> None:
    country = {"id": "place/x", "label": "X", "iso2": None, "iso3": None}
    city = country | {"id": "place/y", "class": "con:City", "countries": [country], "geonames": None, "latitude": None}
    party = {"actor": "actor/a", "role": "role/funding", "label": "A", "class": None, "iati": None, "crs": None}
    unknown = dict.fromkeys(("starts", "ends", "from_date", "to_date", "attested"))
    unsaid = ("description", "identifier", "reporter_iati", "parent_identifier", "from_date", "to_date")
    record = dict.fromkeys(unsaid)
    record |= {"id": "programme/p", "dataset": "d", "label": "P", "names": [], "status": "status/ended", "sources": []}
    record |= {"places": [city | {"longitude": None, "m49": None}], "domains": ["domain/arms"], "responses": []}
    record |= {"targets": [], "parent": "programme/w", "parent_dataset": "d", "budget": 5.5, "currency": "EUR"}
    record |= {"starts": date(2001, 1, 1), "ends": date(2004, 1, 1), "attested": False, "parties": [party | unknown]}
    element = activity(record)
    assert broken(element) == []
    assert element.find("recipient-region").get(f"{CON}implied") == "location"
    assert element.findtext(f"{CON}budget") == "5.5"


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("status", "activity-status"),
        ("starts", "activity-date"),
        ("places", "recipient-country"),
        ("domains responses", "sector"),
        ("taking", "participating-org"),
    ],
)
def test_what_lacks_something_is_no_activity_of_iati(activities: Callable[..., Any], lost: str, told: str) -> None:
    kept = {name: text for name, text in WHOLE.items() if name not in lost.split()}
    element = activities(kept, *([] if lost == "taking" else [TAKING]))[0]
    assert element.tag == f"{CON}activity"
    assert element.get(f"{CON}missing") == told


def test_all_that_is_shipped_keeps_the_rules(shipped: Library, write: Callable[..., Any]) -> None:
    file, told = write(shipped, "iati")
    root = etree.parse(file).getroot()
    assert [broken(activity) for activity in root.findall("iati-activity")] == [[]] * told.written["iati-activity"]
    assert told.written["iati-activity"] > 0
    assert told.written["iati-activity"] + told.written["con:activity"] == 49
    tags = [child.tag for child in root]
    assert tags == sorted(tags, key=["iati-activity", f"{CON}activity", f"{CON}dataset"].index)


GOOD = """
<iati-activity default-currency="EUR">
  <iati-identifier>XX-1-2</iati-identifier>
  <reporting-org ref="XX-1" type="90"><narrative>X</narrative></reporting-org>
  <title><narrative>T</narrative></title>
  <description><narrative>D</narrative></description>
  <participating-org role="1" ref="XX-1"/>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2001-01-01"/>
  <activity-date type="3" iso-date="2002-01-01"/>
  <recipient-country code="TJ" percentage="40"/>
  <recipient-region code="619" vocabulary="1" percentage="60"/>
  <sector code="15130"/>
  <budget><period-start iso-date="2001-01-01"/><period-end iso-date="2001-12-31"/>
    <value value-date="2001-01-01">5</value></budget>
</iati-activity>"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("XX-1-2", "XX/1", "iati-identifier 'XX/1' has a space"),
        ('ref="XX-1" type="90"', 'ref="XX-1"', "reporting-org has no ref or no type"),
        ("<narrative>T</narrative>", "", "title has no narrative"),
        ("<description><narrative>D</narrative></description>", "", "description is missing"),
        ('<participating-org role="1" ref="XX-1"/>', '<participating-org role="1"/>', "neither ref nor narrative"),
        ('role="1"', 'role="5"', "participating-org/@role is '5'"),
        ('<activity-status code="2"/>', '<activity-status code="2"/><activity-status code="3"/>', "more than once"),
        ('code="2"', 'code="9"', "activity-status/@code is '9'"),
        ('type="1" iso-date', 'type="4" iso-date', "no activity-date of a start"),
        ('iso-date="2002-01-01"', 'iso-date="2000-01-01"', "before the start"),
        ('iso-date="2002-01-01"', 'iso-date="2002"', "activity-date is '2002'"),
        ('percentage="40"', 'percentage="30"', "recipients add up to 90"),
        (' percentage="40"', "", "not all have a percentage"),
        ('<sector code="15130"/>', "", "there is no sector"),
        ('<sector code="15130"/>', '<sector code="a" vocabulary="99"/>', "names no vocabulary-uri"),
        ('iso-date="2001-12-31"', 'iso-date="2003-12-31"', "no period of a year at most"),
        (' default-currency="EUR"', "", "no currency or no value-date"),
        ("<title>", '<x xmlns="y"/><title>', "another namespace stands before"),
        ("<title>", "<tittle/><title>", "the schema does not have: tittle"),
        ("<activity-status", '<tag code="a"/><activity-status', "not in the order"),
    ],
)
def test_each_rule_tells_what_breaks_it(old: str, new: str, told: str) -> None:
    assert broken(etree.fromstring(GOOD)) == []
    assert old in GOOD
    assert any(told in each for each in broken(etree.fromstring(GOOD.replace(old, new, 1))))
    assert len(set(ORDER)) == len(ORDER)


def test_records_of_one_programme_are_one_activity() -> None:
    one = {
        "status": None,
        "starts": None,
        "places": [{"id": "place/tj"}],
        "domains": [],
        "responses": [],
        "parties": [],
    }
    two = one | {
        "status": "status/active",
        "places": [{"id": "place/kz"}, {"id": "place/tj"}],
        "domains": ["domain/arms"],
    }
    both = merged([one, two])
    assert both["status"] == "status/active"
    assert both["places"] == [{"id": "place/tj"}, {"id": "place/kz"}]
    assert one["places"] == [{"id": "place/tj"}]
    assert missing(both) == ["participating-org", "activity-date"]
