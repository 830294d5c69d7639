"""Files that are broken or hostile: each gets one clear line and leaves no trace, neither in the home nor outside."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.datasets.description import File
from graph.errors import ConcertError, InvalidData, TooLarge
from graph.library import Library
from tests.conftest import write_dataset

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
ACTIVITY = "<iati-activity><iati-identifier>A-{0}</iati-identifier><title>T</title></iati-activity>"
MAPPING = "rows: [{sheet: programmes, columns: {name: '{name}'}}]"
GIGABYTES = 2
MEGABYTE = 1 << 20


def cut_off(file: Path) -> None:
    whole = "".join(ACTIVITY.format(n) for n in range(5_000))
    file.write_text(f"<iati-activities>{whole}"[:-30], encoding="utf-8")


def laughs(file: Path) -> None:
    file.write_text(f"{LAUGHS}<iati-activities><iati-activity>&lol9;</iati-activity></iati-activities>", "utf-8")


def laughs_in_rdf(file: Path) -> None:
    about = '<rdf:Description rdf:about="http://a"><e:p xmlns:e="http://e/">&lol9;</e:p></rdf:Description>'
    named = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    file.write_text(f"{LAUGHS}<rdf:RDF {named}>{about}</rdf:RDF>", encoding="utf-8")


def wrong_encoding(file: Path) -> None:
    declared = '<?xml version="1.0" encoding="UTF-8"?><iati-activities>'
    file.write_bytes(f"{declared}{ACTIVITY.format('Köln')}</iati-activities>".encode("latin-1"))


def wrong_encoding_of_a_table(file: Path) -> None:
    file.write_text("name\n" + "Ош\n" * 100, encoding="utf-16-le")


def page(file: Path) -> None:
    file.write_text("<html><head/><body><table><tr><td>name</td></tr></table></body></html>", encoding="utf-8")


def wide(file: Path) -> None:
    file.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n", encoding="utf-8")


def empty(file: Path) -> None:
    file.touch()


def directory(file: Path) -> None:
    file.mkdir()


def bomb(file: Path) -> None:
    """A workbook of two megabytes whose only sheet unpacks to two gigabytes."""
    block = b"<row><c><v>1</v></c></row>" * (MEGABYTE // 26)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(GIGABYTES * 1024 * MEGABYTE // len(block) + 1):
                part.write(block)


def lying_bomb(file: Path) -> None:
    """A workbook whose list says that its sheet is small."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50 * MEGABYTE)
    packed = bytearray(file.read_bytes())
    size = (50 * MEGABYTE).to_bytes(4, "little")
    packed = packed.replace(size, (100).to_bytes(4, "little"))
    file.write_bytes(packed)


def no_archive(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + bytes(100))


def broken_rdf(file: Path) -> None:
    file.write_text("<http://a> <http://b> <http://c> .\n<http://a> <http://b> .\n", encoding="utf-8")


def broken_lines(file: Path) -> None:
    file.write_text('{"id": "a", "schema": "Organization", "properties": {}}\n{"id": "b", "sche', encoding="utf-8")


CASES: list[tuple[Callable[[Path], None], str, str, str]] = [
    (cut_off, "aid.xml", "", "not whole XML"),
    (laughs, "aid.xml", "", "document type"),
    (laughs, "aid.xml", "iati-activities", "document type"),
    (laughs_in_rdf, "claims.rdf", "", "document type"),
    (wrong_encoding, "aid.xml", "", "not whole XML"),
    (wrong_encoding_of_a_table, "3w.csv", "table", "byte 1 is zero"),
    (page, "3w.xls", "", "web page"),
    (page, "3w.xls", "table", "holds markup"),
    (page, "3w.xls", "hxl", "holds markup"),
    (wide, "3w.csv", "table", "100,000 columns"),
    (wide, "3w.csv", "hxl", "100,000 columns"),
    (empty, "3w.csv", "", "is empty"),
    (empty, "aid.xml", "iati-activities", "not whole XML"),
    (empty, "3w.xlsx", "table", "is empty"),
    (directory, "3w.csv", "", "is not a file"),
    (directory, "aid.xml", "iati-activities", "is not a file"),
    (directory, "3w.csv", "table", "is not a file"),
    (bomb, "3w.xlsx", "", "when unpacked"),
    (bomb, "3w.xlsx", "table", "when unpacked"),
    (lying_bomb, "3w.xlsx", "table", "not a workbook"),
    (no_archive, "3w.xlsx", "", "no format"),
    (no_archive, "3w.xlsx", "table", "no workbook or a damaged one"),
    (broken_rdf, "claims.nt", "", "not valid RDF"),
    (broken_lines, "bodies.ftm.json", "", "not JSON lines"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Path], None], str], Path]:
    """A broken file, made once: the bomb takes its time."""
    folder, files = tmp_path_factory.mktemp("broken"), dict[str, Path]()

    def make(maker: Callable[[Path], None], name: str) -> Path:
        key = f"{maker.__name__}-{name}"
        if key not in files:
            files[key] = folder / maker.__name__ / name
            files[key].parent.mkdir(exist_ok=True)
            maker(files[key])
        return files[key]

    return make


def state(folder: Path) -> dict[str, str]:
    """Every path below a folder with a digest of its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = content
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that holds something already."""
    folder = tmp_path_factory.mktemp("kept")
    with Library(folder / "home") as opened:
        opened.load(write_dataset(folder, {"actors": [{"id": "a", "class": "Group", "name": "A"}]}))
        yield opened


@pytest.mark.parametrize(("maker", "name", "format_", "told"), CASES, ids=lambda each: getattr(each, "__name__", each))
def test_a_broken_file_gets_one_clear_line_and_leaves_no_trace(
    library: Library,
    made: Callable[[Callable[[Path], None], str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    maker: Callable[[Path], None],
    name: str,
    format_: str,
    told: str,
) -> None:
    file = made(maker, name)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before, beside = state(library.home.path), sorted(file.parent.iterdir())
    options = {"mapping": MAPPING} if format_ == "table" else {}
    with pytest.raises(ConcertError) as caught:
        library.load_file(file, File(file=file.name, format=format_ or None, options=options), "trial")
    assert isinstance(caught.value, InvalidData | TooLarge)
    assert told in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert state(library.home.path) == before
    assert not any(scratch.iterdir())
    assert sorted(file.parent.iterdir()) == beside


def test_a_folder_without_a_description_is_said(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.csv").write_text("name\nA\n", encoding="utf-8")
    (folder / "b.csv").write_text("name\nB\n", encoding="utf-8")
    before = state(library.home.path)
    with pytest.raises(InvalidData, match=r"has no dataset\.yml"):
        library.load(folder)
    assert state(library.home.path) == before
