"""Tables opened: every format gives the same rows, and what is broken or hostile gets one clear line."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from graph.errors import ConcertError
from graph.readers.tables.dates import iso
from graph.readers.tables.mapping import parse_mapping
from graph.readers.tables.opening import Opening, lines
from graph.readers.tables.suggest import suggest

ROWS = [["organisation", "place", "people"], ["Aid & Co", "Köln", "12"], ["", "Ош", "3.5"]]
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Data">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def opened(file: Path, **how: str) -> list[list[str]]:
    return [cells for _, cells in lines(file, Opening(**how))]


def xlsx(file: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


def ods(file: Path, body: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", ODS.format(body))
    return file


def test_every_format_gives_the_same_rows(tmp_path: Path) -> None:
    text = "\n".join(",".join(row) for row in ROWS)
    for name, content in {
        "a.csv": text.encode(),
        "mark.csv": b"\xef\xbb\xbf" + text.encode(),
        "semicolon.csv": text.replace(",", ";").encode(),
        "tab.tsv": text.replace(",", "\t").encode(),
        "wide.csv": text.encode("utf-16"),
        "a.json": json.dumps(ROWS).encode(),
        "objects.json": json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode(),
    }.items():
        (tmp_path / name).write_bytes(content)
        assert opened(tmp_path / name) == ROWS, name
    assert opened(xlsx(tmp_path / "a.xlsx", [*ROWS[:1], ["Aid & Co", "Köln", 12], [None, "Ош", 3.5]])) == ROWS
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    number = ' office:value-type="float" office:value="{}"'
    table = [
        "".join(cell.format("", name) for name in ROWS[0]),
        cell.format("", "Aid &amp; Co") + cell.format("", "Köln") + cell.format(number.format("12"), "12 people"),
        "<table:table-cell/>" + cell.format("", "Ош") + cell.format(number.format("3.5"), "3,5"),
    ]
    rest = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in table) + rest
    assert opened(ods(tmp_path / "a.ods", body)) == ROWS


def test_a_guessed_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("place;n\nKöln;1\n".encode("cp1252"))
    told: list[str] = []
    assert list(lines(tmp_path / "old.csv", Opening(), told.append))[1] == (2, ["Köln", "1"])
    assert "read as Windows-1252" in told[0]
    assert opened(tmp_path / "old.csv", encoding="cp850") != [["place", "n"], ["Köln", "1"]]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("организация;место\nМинистерство внутренних дел;Душанбе\n", "cp1251"),
        ("place;n\nБишкек;1\nДушанбе;2\nГорно-Бадахшан;3\n", "cp1251"),
        ("place;n\nKöln;1\nGenève;2\nAñasco;3\n", "cp1252"),
        ("place;note\nOsh;“1–2”\n", "cp1252"),
    ],
)
def test_cyrillic_text_of_windows_is_told_from_western(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "old.csv").write_bytes(text.encode(encoding))
    told: list[str] = []
    found = [cells for _, cells in lines(tmp_path / "old.csv", Opening(), told.append)]
    assert found == [line.split(";") for line in text.splitlines()]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "is empty"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "holds markup"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Excel 97"),
        ("wide.csv", ",".join(f"c{n}" for n in range(100_000)).encode(), "100,000 columns"),
        ("line.csv", b"x" * 4_000_001, "4,000,000 characters"),
        ("cell.csv", b"a,b\n1," + b"x" * 32_768, "32,768 characters"),
        ("quote.csv", b'a,b\n"1,2\n', "not a CSV table"),
        ("zero.csv", "a,b\n1,2\n".encode("utf-16-le"), "byte 1 is zero"),
        ("bytes.csv", bytes(range(128, 256)), "neither UTF-8 nor"),
        ("zip.xlsx", b"PK\x03\x04 and no more", "no workbook or a damaged one"),
        ("cut.json", b'[["a"],["b"', "not valid JSON after element"),
        ("open.json", b'[["a"],["b"],', "not closed"),
        ("mixed.json", b'[["a"],{"b":1}]', "of another kind"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("object.json", b'{"a": 1}', "JSON but no table"),
    ],
)
def test_a_broken_file_gets_one_clear_line(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConcertError) as caught:
        opened(tmp_path / name)
    assert told in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_directory_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(ConcertError, match="is not a file"):
        opened(tmp_path)


def test_a_bomb_is_never_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(600):
                part.write(b"0" * 1024 * 1024)
    with pytest.raises(ConcertError, match="bytes when unpacked"):
        opened(tmp_path / "bomb.xlsx")


def test_one_cell_in_the_last_corner_of_a_sheet_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.cell(1, 16_384, "far")
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(ConcertError, match="16,384 columns"):
        opened(tmp_path / "far.xlsx")


def test_entities_are_not_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.ods", "w") as archive:
        declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
        archive.writestr("content.xml", declared + ODS.format("<table:table-row/>"))
    with pytest.raises(ConcertError, match="not a workbook that can be read"):
        opened(tmp_path / "e.ods")


def test_a_sheet_is_chosen_and_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["first"])
    book.create_sheet("Second").append(["second"])
    book.save(tmp_path / "two.xlsx")
    told: list[str] = []
    assert list(lines(tmp_path / "two.xlsx", Opening(), told.append)) == [(1, ["first"])]
    assert "Second" in told[0]
    assert opened(tmp_path / "two.xlsx", sheet="Second") == [["second"]]
    with pytest.raises(ConcertError, match="one of Sheet, Second"):
        opened(tmp_path / "two.xlsx", sheet="Third")


@given(rows=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=50), min_size=1, max_size=5), min_size=1))
def test_json_rows_are_those_of_the_json_module(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    file = tmp_path_factory.mktemp("json") / "a.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    stripped = [[cell.strip() for cell in row] for row in rows]
    filled = [row[: max(at for at, cell in enumerate(row) if cell) + 1] for row in stripped if any(row)]
    assert opened(file) == filled


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2003-05-14", "2003-05-14"),
        ("2003-05-14T00:00:00", "2003-05-14"),
        ("14 May 2003", "2003-05-14"),
        ("May 2003", "2003-05"),
        ("25/04/2015", "2015-04-25"),
        ("4/25/2015", "2015-04-25"),
        ("4/5/2015", "4/5/2015"),
        ("2003", "2003"),
    ],
)
def test_dates_are_read_and_not_guessed(text: str, read: str) -> None:
    assert iso(text) == read


def test_a_draft_names_what_it_understood_and_what_not(tmp_path: Path) -> None:
    (tmp_path / "seizures.csv").write_text(
        "COUNTRY;DRUG;AMOUNT;UNIT;DATE;WEATHER\n"
        "Tajikistan;Heroin;1.5;kg;2015-05-01;fair\nUzbekistan;Opiate tea;2;kg;2015-06-01;rain\n",
        encoding="utf-8",
    )
    text = suggest(tmp_path / "seizures.csv")
    record = parse_mapping(text).rows[0]
    assert record.sheet == "observations"
    assert record.columns["place"].source == "{COUNTRY}"
    assert record.columns["value"].source == "{AMOUNT}"
    assert record.columns["domain"].map == {"Heroin": "heroin", "Opiate tea": ""}
    assert record.columns["unit"].map == {"kg": "kilogram"}
    assert "# not understood: WEATHER (fair, rain)" in text


def test_a_draft_of_one_column_per_effort(tmp_path: Path) -> None:
    (tmp_path / "efforts.csv").write_text(
        "project,training,legal aid,research\nA,x,,x\nB,,x,\nC,x,x,x\n", encoding="utf-8"
    )
    record = parse_mapping(suggest(tmp_path / "efforts.csv")).rows[0]
    assert record.each is not None
    assert record.each.columns == ("training", "legal aid", "research")
    assert record.columns["responses"].map == {"training": "training", "legal aid": "legal-aid", "research": "research"}
