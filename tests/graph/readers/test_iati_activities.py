"""IATI activities into claims: what each element states, and that every element is taken, refused or empty."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from graph.errors import InvalidData
from graph.readers import Frame, Log
from graph.readers.iati.activities import read_activities

HERE = Path(__file__).parent / "iati"
ID = "https://w3id.org/concert/id/"
P7 = "programme/x.XX-REG-1-P_2F7"
KNOWN = {("place", slug): f"{ID}place/{slug}" for slug in ("tj", "kg", "central-asia")}
ACTORS = {"XM-DAC-47066": f"{ID}actor/iom"}
COUNTED = [
    "activity-status",
    "activity-date",
    "recipient-country",
    "recipient-region",
    "location",
    "sector",
    "budget",
    "planned-disbursement",
    "transaction",
    "related-activity",
    "participating-org",
    "reporting-org",
]


class Read:
    """The claims of one file, with ids and terms shortened."""

    def __init__(self, file: Path, **options: Any) -> None:
        self.log = Log()
        frame = Frame("x.", "en", f"{ID}source/s", KNOWN, lambda kind, text: ACTORS.get(text), options)
        self.said: dict[str, dict[str, list[str]]] = {}
        for triple in read_activities(file, frame, self.log):
            values = self.said.setdefault(_short(triple.subject), {}).setdefault(_short(triple.predicate), [])
            if _short(triple.object) not in values:
                values.append(_short(triple.object))

    def of(self, id: str) -> dict[str, list[str]]:
        return self.said.get(id, {})

    def ids(self, kind: str) -> set[str]:
        return {thing for thing, said in self.said.items() if thing.startswith(f"{kind}/") and "type" in said}

    def refused(self) -> dict[str, str]:
        return {r.field: r.value for r in self.log.rejected}


def _short(term: Any) -> str:
    text = str(term.value).removeprefix(ID)
    text = text.rpartition("#")[2] if "#" in text else text
    if text.startswith(("http://purl.org/dc", "http://www.w3.org/2004")):
        text = text.rpartition("/")[2]
    lang = getattr(term, "language", None)
    return f"{text}@{lang}" if lang else text


@pytest.fixture(scope="module")
def two() -> Read:
    return Read(HERE / "activities-2.xml", scope="all")


@pytest.fixture(scope="module")
def one() -> Read:
    return Read(HERE / "activities-1.xml", scope="all")


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    def write(inside: str, **options: Any) -> Read:
        file = tmp_path / "a.xml"
        opening = "<iati-activities><iati-activity><iati-identifier>A-1</iati-identifier>"
        file.write_text(f"{opening}{inside}</iati-activity></iati-activities>", encoding="utf-8")
        return Read(file, **({"scope": "all"} | options))

    return write


def test_an_activity_is_a_programme_with_its_own_words(two: Read) -> None:
    said = two.of(P7)
    assert said["type"] == ["Programme"]
    assert said["label"] == ["Shelters for victims of trafficking in persons@en"]
    assert said["altLabel"] == ["Refuges pour les victimes de la traite des personnes@fr"]
    assert said["notation"] == ["XX-REG-1-P/7"]
    assert said["status"] == ["status/active"]
    assert said["hierarchy"] == ["2"]
    assert said["statedOn"] == ["2021-05-04"]
    assert said["attributedTo"] == ["actor/x.XX-REG-1"]
    assert said["locator"] == ["activities-2.xml line 4"]


def test_a_text_with_contact_details_is_left_out_and_the_log_does_not_repeat_it(two: Read) -> None:
    assert two.of(P7)["description"] == ["Shelters and advice for survivors in two towns.@en"]
    assert two.refused()["description/narrative of XX-REG-1-P/7"] == "(withheld)"
    assert two.of("programme/x.XX-REG-1-WHOLE")["label"] == ["XX-REG-1-WHOLE"]
    everything = repr(two.said) + repr(two.log.rejected)
    assert not any(secret in everything for secret in ("example.org", "Somebody", "992 37"))


def test_actual_dates_come_first_and_a_note_says_what_is_only_planned(two: Read, one: Read) -> None:
    said = two.of(P7)
    assert (said["starts"], said["ends"], said["plannedStart"]) == (["2020-03-01"], ["2022-12-31"], ["2020-01-01"])
    assert said["note"] == ["The end is as planned.@en"]
    said = one.of("programme/x.XX-2-5")
    assert (said["starts"], said["ends"]) == (["2008-01-01"], ["2009-06-30"])
    assert said["note"] == ["The start is as planned.@en"]


def test_an_end_before_the_start_is_refused_and_the_activity_stays(two: Read) -> None:
    assert "ends" not in two.of("programme/x.XX-REG-1-WHOLE")
    assert two.refused()["activity-date/@iso-date of XX-REG-1-WHOLE"] == "2019-12-31"


def test_who_takes_part(two: Read) -> None:
    found = {
        (said["actor"][0], said["role"][0]) for thing, said in two.said.items() if thing.startswith("participation/")
    }
    assert found == {
        ("actor/iom", "role/funding"),
        ("actor/x.XX-REG-1", "role/implementing"),
        ("actor/x.ministry-of-labour--tj", "role/accountable"),
    }
    assert two.refused()["participating-org/@role of XX-REG-1-P/7"] == "9"
    assert two.of("actor/x.ministry-of-labour--tj")["ofState"] == ["place/tj"]


def test_an_organisation_is_stated_once_with_its_other_names(two: Read) -> None:
    said = two.of("actor/x.XX-REG-1")
    assert said["label"] == ["Lantern Trust@en"]
    assert said["altLabel"] == ["Lantern Trust (field office)@en"]
    assert (said["type"], said["notation"]) == (["NonGovernmentalOrganisation"], ["XX-REG-1"])
    assert two.of("actor/iom") == {}


def test_places_and_their_shares(two: Read, one: Read) -> None:
    assert two.of(P7)["place"] == ["place/tj", "place/central-asia", "place/x.geonames-999999999"]
    assert two.refused()["recipient-country/@code of XX-REG-1-P/7"] == "ZZ"
    town = two.of("place/x.geonames-999999999")
    assert (town["type"], town["label"], town["latitude"]) == (["City"], ["New Town@en"], ["38.5"])
    fort = one.of("place/x.XX-2-5--location-1")
    assert (fort["within"], fort["longitude"]) == (["place/kg"], ["74.6"])
    shares = {
        (said.get("place") or said["sector"])[0]: said["percentage"][0]
        for thing, said in two.said.items()
        if thing.startswith("allocation/")
    }
    lists = "https://codelists.codeforiati.org/"
    assert shares == {
        "place/tj": "60",
        "place/central-asia": "40",
        f"{lists}Sector/15160/": "75",
        f"{lists}SectorCategory/151/": "25",
    }


def test_places_of_transactions_are_places_of_the_programme(two: Read) -> None:
    assert two.of("programme/x.XX-REG-1-SCHOOL")["place"] == ["place/kg"]


def test_sectors_of_an_organisations_own_are_told_apart_by_it(two: Read, one: Read) -> None:
    assert two.of("sector/x.XX-REG-1-99-HT")["label"] == ["Human trafficking@en"]
    assert one.of("sector/x.XX-2-RO-7")["label"] == ["Peace@en"]
    assert two.refused()["sector/@code of XX-REG-1-P/7"] == "human rights"


def test_domains_responses_and_targets(two: Read, one: Read) -> None:
    said = two.of(P7)
    assert said["domain"] == ["domain/persons"]
    assert said["response"] == ["response/rights-protection"]
    assert said["target"] == ["target/women"]
    assert two.of("programme/x.XX-REG-1-WHOLE")["domain"] == ["domain/drugs"]
    assert "domain" not in two.of("programme/x.XX-REG-1-SCHOOL")
    said = one.of("programme/x.XX-2-5")
    assert said["domain"] == ["domain/arms"]
    assert said["response"] == ["response/stockpile-management"]


def test_a_wider_code_needs_a_word_that_confirms_it(read: Callable[..., Read]) -> None:
    filed = '<sector code="12330"/><title><narrative>{}</narrative></title>'
    assert "response" not in read(filed.format("Clinics")).of("programme/x.A-1")
    assert "response/drug-treatment" in read(filed.format("Treatment clinics")).of("programme/x.A-1")["response"]


def test_sums_are_kept_as_reported(two: Read) -> None:
    said = two.of("transaction/x.XX-REG-1-P_2F7--1")
    assert (said["amount"], said["currency"]) == (["1250"], ["USD"])
    assert (said["transactedOn"], said["valuedOn"]) == (["2020-04-01"], ["2020-03-31"])
    assert said["transactionKind"] == ["transaction-kind/incoming-funds"]
    assert (said["provider"], said["receiver"]) == (["actor/iom"], ["actor/x.XX-REG-1"])
    assert said["providerProgramme"] == ["programme/x.XM-DAC-47066-A1"]
    assert said["receiverProgramme"] == [P7]
    assert two.of("transaction/x.XX-REG-1-P_2F7--3")["amount"] == ["-20"]
    assert two.refused()["transaction/value of XX-REG-1-P/7"] == "some"
    line = two.of("budget-line/x.XX-REG-1-P_2F7--planned-disbursement-1")
    assert (line["budgetKind"], line["receiver"]) == (["budget-kind/planned-disbursement"], ["actor/x.XX-REG-9"])


def test_the_whole_budget_takes_revised_sums_for_original_ones(two: Read) -> None:
    assert two.of(P7)["budget"] == ["3500.50"]
    assert two.of(P7)["currency"] == ["EUR"]


BUDGET = '<budget><period-start iso-date="{}"/><period-end iso-date="{}"/><value currency="{}">{}</value></budget>'


@pytest.mark.parametrize(
    "second",
    [
        ("2021-01-01", "2021-12-31", "USD", 5),
        ("2020-06-01", "2021-12-31", "EUR", 5),
        ("2020-01-01", "2020-12-31", "EUR", 5),
    ],
    ids=["another currency", "periods that run into one another", "a period twice"],
)
def test_a_whole_that_does_not_add_up_is_not_stated(read: Callable[..., Read], second: tuple[object, ...]) -> None:
    given = read(BUDGET.format("2020-01-01", "2020-12-31", "EUR", 5) + BUDGET.format(*second))
    assert given.log.taken["budget"] == 2
    assert "budget" not in given.of("programme/x.A-1")


def test_relations(two: Read, one: Read) -> None:
    assert two.of(P7)["partOf"] == ["programme/x.XX-REG-1-WHOLE"]
    found = {
        (said["relationKind"][0], said["otherProgramme"][0])
        for thing, said in two.said.items()
        if thing.startswith("relation/")
    }
    assert found == {
        ("relation-kind/part-of", "programme/x.XX-REG-1-OTHER"),
        ("relation-kind/same-effort", "programme/x.YY-2-SAME"),
        ("relation-kind/funded-through", "programme/x.XM-DAC-47066-A1"),
    }
    assert "partOf" not in two.of("programme/x.XX-REG-1-WHOLE"), "a whole became a part of its part"
    assert two.of("programme/x.YY-2-SAME") == {"notation": ["YY-2-SAME"]}
    assert one.of("relation/x.XX-2-5--co-funded--XX-3-5")["programme"] == ["programme/x.XX-2-5"]


def test_a_programme_of_a_used_dataset_is_linked_to_there() -> None:
    known = {("programme", "donor.YY-2-SAME"): f"{ID}programme/donor.YY-2-SAME"}
    frame = Frame("x.", "en", f"{ID}source/s", known, options={"scope": "all"})
    objects = {str(triple.object.value) for triple in read_activities(HERE / "activities-2.xml", frame, Log())}
    assert f"{ID}programme/donor.YY-2-SAME" in objects


def test_version_one_is_read_alike(one: Read) -> None:
    said = one.of("programme/x.XX-2-5")
    assert (said["label"], said["altLabel"]) == (["Small arms control@en"], ["Contrôle des armes@fr"])
    assert said["status"] == ["status/ended"]
    assert one.ids("participation") == {
        "participation/x.XX-2-5--x.XX-2--funding",
        "participation/x.XX-2-5--x.border-research-ltd--implementing",
    }
    assert one.of("transaction/x.XX-2-5--1")["transactedOn"] == ["2008-02-01"]
    assert one.log.rejected == []


def test_an_activity_without_an_identifier_or_with_one_that_came_is_refused_whole(two: Read) -> None:
    fields = Counter(r.field.partition(" of ")[0] for r in two.log.rejected)
    assert fields["iati-activity/iati-identifier"] == 2
    assert two.of("programme/x.XX-REG-1-SCHOOL")["label"] == ["Village schools@en"]


@pytest.mark.parametrize("name", ["activities-1.xml", "activities-2.xml"])
def test_every_element_is_taken_refused_or_empty(name: str) -> None:
    read = Read(HERE / name, scope="all")
    activities = list(ElementTree.parse(HERE / name).iter("iati-activity"))
    refused = Counter(r.field.partition(" of ")[0].partition("/")[0] for r in read.log.rejected)
    assert read.log.taken["iati-activity"] + refused["iati-activity"] == len(activities)
    kept, seen = [], set()
    for activity in activities:
        identifier = activity.findtext("iati-identifier")
        if identifier and identifier not in seen:
            kept.append(activity)
            seen.add(identifier)
    for kind in COUNTED:
        count = sum(len(activity.findall(kind)) for activity in kept)
        taken = read.log.taken.get(kind, 0) + read.log.taken.get(f"{kind}, empty", 0)
        late = sum(r.field.startswith("activity-date/@iso-date") for r in read.log.rejected)
        assert taken + refused[kind] == count + (late if kind == "activity-date" else 0), kind


@pytest.mark.parametrize(
    ("inside", "scoped"),
    [
        ("<title><narrative>Against human trafficking</narrative></title>", True),
        ("<title><narrative>Lutte contre la traite des êtres humains</narrative></title>", True),
        ("<title><narrative>Борьба с торговлей людьми</narrative></title>", True),
        ("<title><narrative>Anti–trafficking unit</narrative></title>", True),
        ("<title><narrative>Road traffic safety</narrative></title>", False),
        ('<sector code="16063"/>', True),
        ('<sector code="1513010"/>', True),
        ('<sector code="15130"/>', False),
        ('<sector code="15130"/><policy-marker code="1" significance="2"/>', True),
        ('<sector code="15130"/><policy-marker code="1" significance="1"/>', False),
        ('<sector code="11220"/><policy-marker code="1" significance="2"/>', False),
        ('<sector vocabulary="99" code="16063"/>', False),
        ('<tag vocabulary="3" code="16.2"/>', True),
        ('<tag vocabulary="3" code="4.1"/>', False),
    ],
)
def test_scope(read: Callable[..., Read], inside: str, scoped: bool) -> None:
    taken = read(inside, scope="trafficking").log.taken
    assert (taken["iati-activity"], taken.get("iati-activity out of scope", 0)) == (int(scoped), int(not scoped))
    assert read(inside).log.taken["iati-activity"] == 1


def test_a_scope_may_replace_keys_of_the_shipped_one(read: Callable[..., Read]) -> None:
    assert read('<sector code="11220"/>', scope={"sectors": ["11220"]}).log.taken["iati-activity"] == 1
    with pytest.raises(InvalidData, match="no scope 'some'"):
        read("", scope="some")
    with pytest.raises(InvalidData, match="keys of scope"):
        read("", scope={"sector": ["11220"]})


@pytest.mark.parametrize("name", ["Mr A. B.", "Dr C. D.", "Helpers (desk@example.org)"])
def test_a_person_or_a_contact_is_no_organisation(read: Callable[..., Read], name: str) -> None:
    given = read(f'<participating-org role="4"><narrative>{name}</narrative></participating-org>')
    assert given.ids("actor") == set()
    assert given.refused() == {"participating-org of A-1": "(withheld)"}


@pytest.mark.parametrize(
    ("inside", "field"),
    [
        ('<sector code="16063" percentage="160"/>', "sector/@percentage"),
        ('<recipient-country code="TJ" percentage="all"/>', "recipient-country/@percentage"),
        ('<recipient-region code="1"/>', "recipient-region/@code"),
        (
            "<location><name><narrative>Far</narrative></name><point><pos>99 10</pos></point></location>",
            "location/point",
        ),
        ("<location><exactness code='1'/></location>", "location/name"),
        ('<activity-status code="12"/>', "activity-status/@code"),
        ('<activity-date type="2" iso-date="2020-02-30"/>', "activity-date/@iso-date"),
        ("<budget><value currency='EUR'>5</value></budget>", "budget/period-start"),
        ("<transaction><transaction-type code='3'/><value>5</value></transaction>", "transaction/value/@currency"),
        ("<transaction><value currency='EUR'>5</value></transaction>", "transaction/transaction-date"),
        ('<related-activity type="7" ref="B-2"/>', "related-activity/@type"),
    ],
)
def test_an_element_that_cannot_be_read_is_refused_by_itself(
    read: Callable[..., Read], inside: str, field: str
) -> None:
    given = read(inside)
    assert list(given.refused()) == [f"{field} of A-1"]
    assert set(given.of("programme/x.A-1")) <= {"type", "source", "locator", "notation", "label"}


def test_every_claim_has_its_source_and_its_place(two: Read) -> None:
    for thing, said in two.said.items():
        if "type" in said and not thing.startswith("sector/"):
            assert said["source"] == ["source/s"], thing
            assert said["locator"][0].startswith("activities-2.xml line "), thing
