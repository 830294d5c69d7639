"""IATI files through the door: whole or not at all, in bounded memory, organisations and code lists too."""

import os
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.datasets.description import File
from graph.errors import InvalidData
from graph.library import Library, Loaded
from graph.readers import Frame, Log
from graph.readers.iati.activities import read_activities
from graph.readers.iati.codelists import read_codelist
from graph.readers.iati.ids import escaped, unescaped
from graph.readers.iati.text import _free_of_contact, _suspect

HERE = Path(__file__).parent / "iati"
DATA = Path(__file__).parents[3] / "data"
ID = "https://w3id.org/concert/id/"
ROOT = b"<iati-activities><iati-activity><iati-identifier>A-1</iati-identifier>"
END = b"</iati-activity></iati-activities>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'


@pytest.fixture
def referring(library: Library) -> Library:
    """A library with the reference data."""
    library.ensure([DATA / "reference"])
    return library


def load(library: Library, file: Path, reject_share: float | None = None) -> Loaded:
    return library.load_file(file, File(file=file.name, options={"scope": "all"}), name="aid")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (ROOT, "line 1"),
        (b"<?xml version='1.0' encoding='UTF-8'?>\n" + ROOT + b"<title>\xff\xfe</title>" + END, "line 2"),
        (b"<?xml version='1.0'?>" + LAUGHS + ROOT + b"<title>&c;</title>" + END, "document type"),
        (b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/hostname'>" + ROOT + END, "document type"),
        (b"<!DOCTYPE html><html><body><iati-activities></body></html>", "web page"),
        (b"<html><body><iati-activities></body></html>", "web page"),
        (b"<other><iati-activities-of-ours/></other>", "no format"),
        (b"", "empty"),
        (b"  \n", "empty"),
    ],
    ids=[
        "cut off",
        "wrong encoding",
        "entities",
        "external entity",
        "HTML",
        "HTML 4",
        "another root",
        "empty",
        "blank",
    ],
)
def test_a_broken_file_gets_one_clear_error_and_leaves_no_trace(
    library: Library, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(content)
    with pytest.raises(InvalidData) as caught:
        load(library, file)
    assert told in str(caught.value)
    assert "activities.xml" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert library.datasets() == {}
    assert not any((library.home.path / "datasets").iterdir())


@pytest.mark.parametrize("content", [b"", b"<html/>", b"<other/>", LAUGHS + b"<iati-activities/>"])
def test_so_does_one_that_is_said_to_be_of_the_format(library: Library, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "activities.xml"
    file.write_bytes(content)
    with pytest.raises(InvalidData, match=r"activities\.xml"):
        library.load_file(file, File(file=file.name, format="iati-activities"), name="aid")
    assert library.datasets() == {}


def test_a_directory_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "activities.xml").mkdir()
    with pytest.raises(InvalidData):
        load(library, tmp_path / "activities.xml")


def test_a_file_without_activities_is_a_dataset_without_any(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "none.xml"
    file.write_bytes(b"<iati-activities version='2.03'/>")
    assert load(library, file).manifest.taken == {"iati-activity": 0}


def test_activities_reach_the_tables(referring: Library) -> None:
    loaded = load(referring, HERE / "activities-1.xml")
    assert loaded.rejected == ()
    world = referring.world(frozenset({"aid", "reference"}))
    (row,) = world.rows("select * from programme where id = 'programme/aid.XX-2-5'")
    assert (row["status"], row["domains"]) == ("status/ended", ["domain/arms"])
    assert "place/kg" in row["places"]
    (identifier,) = world.rows("select value from identifier where id = 'programme/aid.XX-2-5'")
    assert identifier["value"] == "XX-2-5"
    roles = world.rows("select role from participation where programme = 'programme/aid.XX-2-5' order by role")
    assert [row["role"] for row in roles] == ["role/funding", "role/implementing"]


def test_what_is_taken_fits_the_shapes_also_in_a_messy_file(referring: Library, tmp_path: Path) -> None:
    folder = tmp_path / "aid"
    folder.mkdir()
    (folder / "activities-2.xml").write_bytes((HERE / "activities-2.xml").read_bytes())
    (folder / "dataset.yml").write_text(
        "name: aid\ntitle: Aid\npublisher: Nobody\nlicence: CC0-1.0\nuses: [reference]\nreject_share: 0.5\n"
        "files: [{file: activities-2.xml, options: {scope: all}}]\n",
        encoding="utf-8",
    )
    loaded = referring.load(folder)
    assert loaded.manifest.taken["iati-activity"] == 3
    world = referring.world(frozenset({"aid", "reference"}))
    (row,) = world.rows("select parent, budget, currency from programme where id = 'programme/aid.XX-REG-1-P_2F7'")
    assert row == {"parent": "programme/aid.XX-REG-1-WHOLE", "budget": 3500.5, "currency": "EUR"}


def test_organisations(referring: Library, tmp_path: Path) -> None:
    folder = tmp_path / "orgs"
    folder.mkdir()
    (folder / "organisations.xml").write_bytes((HERE / "organisations.xml").read_bytes())
    (folder / "dataset.yml").write_text(
        "name: orgs\ntitle: Orgs\npublisher: Nobody\nlicence: CC0-1.0\nuses: [reference]\nreject_share: 0.5\n"
        "files: [{file: organisations.xml}]\n",
        encoding="utf-8",
    )
    loaded = referring.load(folder)
    taken = {"iati-organisation": 1, "total-budget": 1, "recipient-country-budget": 1, "recipient-org-budget": 1}
    assert {kind: loaded.manifest.taken[kind] for kind in taken} == taken
    fields = [rejected.field.partition(" of ")[0] for rejected in loaded.rejected]
    assert fields == ["total-expenditure/value", "iati-organisation/name", "iati-organisation/organisation-identifier"]
    claims = referring.claims("orgs").decode()
    assert '"Laternenstiftung"@de' in claims
    line = f"<{ID}budget-line/orgs.XX-REG-1--recipient-country-budget-1>"
    assert f"{line} <https://w3id.org/concert/ns#place> <{ID}place/tj>" in claims
    assert "Unnamed" not in claims


def test_a_code_list_names_the_codes(library: Library) -> None:
    frame = Frame("", "en", f"{ID}source/s", {})
    log = Log()
    said = {
        (str(t.subject.value), str(t.predicate.value).rpartition("#")[2], str(t.object))
        for t in read_codelist(HERE / "codelist.xml", frame, log)
    }
    code = "https://codelists.codeforiati.org/Sector/99901/"
    assert (code, "label", '"Lanternes"@fr') in said
    assert (code, "broader", "<https://codelists.codeforiati.org/SectorCategory/999/>") in said
    assert log.taken == {"codelist-item": 1}
    assert [r.field for r in log.rejected] == ["codelist-item/name of Sector"]


@given(st.text())
def test_an_id_leads_back_to_its_identifier(identifier: str) -> None:
    usable = identifier.encode("utf-8", "ignore").decode()
    assert unescaped(escaped(usable)) == usable
    assert set(escaped(usable)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_")


PIECES = [
    "a@b.org",
    "@",
    "+992 37 221 00 00",
    "+1",
    "Tel. 12345678",
    "FAX:(0)123 456",
    "cell 12",
    "hotel",
    "2020",
    " ",
    "x",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_the_cheap_look_misses_nothing_that_the_shapes_refuse(text: str) -> None:
    assert _suspect(text) or _free_of_contact(text)


def _peak(file: Path) -> int:
    frame = Frame("x.", "en", f"{ID}source/s", {}, options={"scope": "all"})
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_activities(file, frame, Log())) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    body = '<title><narrative>{0}</narrative></title><participating-org role="1" ref="XX-1"/><sector code="16063"/>'

    def write(count: int) -> Path:
        file = tmp_path / f"{count}.xml"
        with file.open("w", encoding="utf-8") as out:
            out.write("<iati-activities>")
            for n in range(count):
                out.write(f"<iati-activity><iati-identifier>A-{n}</iati-identifier>{body.format(n)}</iati-activity>\n")
            out.write("</iati-activities>")
        return file

    _peak(write(10))  # what is read once and kept: code lists, shapes
    assert _peak(write(5_000)) < 1.3 * _peak(write(500)) + 200_000


@pytest.mark.shared
@pytest.mark.skipif("CONCERT_SHARED_DATA" not in os.environ, reason="CONCERT_SHARED_DATA names no folder of real files")
def test_real_activities_are_all_in_an_answer_or_in_the_log(referring: Library) -> None:
    file = Path(os.environ["CONCERT_SHARED_DATA"]) / "iati" / "activities-congo.xml"
    tree = ElementTree.parse(file)
    identifiers = [(element.findtext("iati-identifier") or "").strip() for element in tree.iter("iati-activity")]
    loaded = load(referring, file)
    refused = [r for r in loaded.rejected if r.field.startswith("iati-activity/")]
    world = referring.world(frozenset({"aid", "reference"}))
    kept = {
        row["id"].removeprefix("programme/aid.") for row in world.rows("select id from programme where dataset = 'aid'")
    }
    assert {unescaped(slug) for slug in kept} == set(identifiers)
    assert len(kept) + len(refused) == len(identifiers)
    transactions = len(list(tree.iter("transaction")))
    dropped = sum(r.field.startswith("transaction/") for r in loaded.rejected)
    assert loaded.manifest.taken["transaction"] + dropped == transactions


@pytest.mark.shared
@pytest.mark.skipif("CONCERT_SHARED_DATA" not in os.environ, reason="CONCERT_SHARED_DATA names no folder of real files")
@pytest.mark.parametrize("name", ["Sector", "CRSChannelCode", "Region", "PolicyMarker"])
def test_real_code_lists_are_read_whole(library: Library, name: str) -> None:
    file = Path(os.environ["CONCERT_SHARED_DATA"]) / "iati" / f"codelist-{name}.xml"
    loaded = library.load_file(file, File(file=file.name), name="codes")
    assert loaded.rejected == ()
    assert loaded.manifest.taken["codelist-item"] == file.read_text(encoding="utf-8").count("</codelist-item>")
