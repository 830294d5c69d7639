"""Open a table in any of its formats as a stream of rows of text, within limits."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InvalidData, TooLarge

COLUMNS = 2_000
"""Most columns that a table may have; the widest real ones, funding by purpose, have about 300."""

CELL = 32_767
"""Most characters of a cell; it is the limit of spreadsheets."""

HEAD = 4_096
OBJECTS = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{')
"""How an object of objects begins."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Line = tuple[int, list[str]]
"""The number of a row, from 1 as a spreadsheet shows it, and its cells. The names of JSON objects are row 0."""

Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Opening:
    """What a person knows of a file that its content may not tell: encoding, delimiter, sheet (name or number)."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | int | None = None


def lines(file: Path, opening: Opening, tell: Tell = silent) -> Iterator[Line]:
    """The rows of a CSV, XLSX, ODS or JSON table, stripped and without trailing empty cells; blank ones are left out.

    tell  gets what a person should know though nothing is wrong, such as a guessed encoding. Raises InvalidData
    for what is no such table, and TooLarge for one beyond the limits; both name the row where there is one.
    """
    for number, cells in _opened(file, opening, tell):
        if len(cells) > COLUMNS:
            raise TooLarge(
                f"{file.name} has {len(cells):,} columns",
                where=f"{file.name} row {number}",
                expected=f"at most {COLUMNS:,} columns",
            )
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        for position, cell in enumerate(stripped, start=1):
            if len(cell) > CELL:
                raise TooLarge(
                    f"{file.name} has a cell of {len(cell):,} characters",
                    where=f"{file.name} row {number} column {position}",
                    expected=f"at most {CELL:,} characters, and every quote closed",
                )
        if stripped:
            yield number, stripped


def is_table(file: Path, head: bytes) -> bool:
    """Whether the file looks like a table that `lines` opens."""
    if head.startswith(b"PK"):
        return zipfile.is_zipfile(file) and _workbook(file) is not None
    text = head.lstrip(b"\xef\xbb\xbf").lstrip()
    if _is_json(file, text):
        return True
    return file.suffix.lower() in {".csv", ".tsv", ".tab"} and not text.startswith(b"<")


def _opened(file: Path, opening: Opening, tell: Tell) -> Iterator[Line]:
    from graph.readers.tables.json_rows import json_lines
    from graph.readers.tables.text import text_lines
    from graph.readers.tables.workbook import ods_lines, xlsx_lines

    head = _head(file)
    if head.startswith(b"PK"):
        kind = _workbook(file) if zipfile.is_zipfile(file) else None
        if kind is None:
            raise InvalidData(
                f"{file.name} is an archive, and no workbook or a damaged one", where=file.name, expected="XLSX or ODS"
            )
        return (xlsx_lines if kind == "xlsx" else ods_lines)(file, opening.sheet, tell)
    if head.startswith(OLD_EXCEL):
        raise InvalidData(
            f"{file.name} is a workbook of Excel 97 or one with a password",
            where=file.name,
            expected="XLSX, ODS or CSV",
        )
    text = head.lstrip(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        raise InvalidData(
            f"{file.name} holds markup, whatever its name says", where=file.name, expected="CSV, XLSX, ODS or JSON"
        )
    if _is_json(file, text):
        return json_lines(file)
    if file.suffix.lower() == ".json":
        raise InvalidData(
            f"{file.name} is JSON but no table",
            where=file.name,
            expected="an array of arrays or objects, or an object of objects",
        )
    return text_lines(file, opening.encoding, opening.delimiter, tell)


def _head(file: Path) -> bytes:
    if not file.is_file():
        raise InvalidData(f"{file.name} is not a file", where=str(file), expected="a table as CSV, XLSX, ODS or JSON")
    with file.open("rb") as handle:
        head = handle.read(HEAD)
    if not head.strip():
        raise InvalidData(f"{file.name} is empty", where=file.name, expected="a table as CSV, XLSX, ODS or JSON")
    return head


def _is_json(file: Path, text: bytes) -> bool:
    if file.suffix.lower() == ".json":
        return text.startswith(b"[") or OBJECTS.match(text) is not None
    return text.startswith(b"[") and text[1:].lstrip()[:1] in (b"[", b"{")


def _workbook(file: Path) -> str | None:
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        return "xlsx"
    return "ods" if "content.xml" in names else None
